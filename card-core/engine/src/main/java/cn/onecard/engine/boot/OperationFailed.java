package cn.onecard.engine.boot;

/** Thrown when a command cannot do what it was asked for. The message is for a person. */
final class OperationFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    OperationFailed(String message) {
        super(message);
    }
}
