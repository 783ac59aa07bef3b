package cn.onecard.engine.post;

/** Postings whose commit nobody knows of. They must not be acknowledged; sent again they are found if they were committed. */
public final class NotPosted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPosted(Throwable cause) {
        super("not posted, as far as is known", cause);
    }
}
