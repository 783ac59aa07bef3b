package cn.onecard.engine.card;

/** Thrown when a file of the issuing system cannot be taken. The message names the file, the line and what is wrong in it. */
public final class RegistrationFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    RegistrationFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
