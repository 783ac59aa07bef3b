package cn.onecard.settlement.day;

/** The night cannot go on, for a reason that a person can act on. The message is one line and says what is wrong. */
public final class SettlementFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String line;

    public SettlementFailure(String message) {
        super(message);
        this.line = message;
    }

    public SettlementFailure(String message, Throwable cause) {
        super(message, cause);
        this.line = message;
    }

    @Override
    public String getMessage() {
        return line;
    }
}
