package cn.onecard.analytics.publish;

/** The verifier found that a release breaks a rule, or a stored release is no longer what was released. */
public final class ReleaseRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReleaseRefused(String message) {
        super(message);
    }
}
