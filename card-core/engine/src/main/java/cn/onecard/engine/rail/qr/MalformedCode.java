package cn.onecard.engine.rail.qr;

/** Thrown when a text is no code. Says what is wrong and never what stands there, for a payer's code is as good as a card number. */
public final class MalformedCode extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    MalformedCode(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
