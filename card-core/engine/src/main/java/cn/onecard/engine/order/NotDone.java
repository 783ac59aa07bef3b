package cn.onecard.engine.order;

/** Thrown when nobody knows whether requests were committed. Whoever asked may ask again with the same key. */
public final class NotDone extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotDone(Throwable cause) {
        super("the payment was not committed, as far as we know; ask again with the same key", cause);
    }
}
