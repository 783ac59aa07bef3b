package cn.onecard.engine.partner.medical;

/** Thrown when the platform does not do what it was asked. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    Refused(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
