package cn.onecard.engine.bench;

/** Thrown when a measurement cannot be made, or what came back is not what it must be. The message is for a person. */
public final class BenchFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BenchFailed(String message) {
        super(message);
    }

    public BenchFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
