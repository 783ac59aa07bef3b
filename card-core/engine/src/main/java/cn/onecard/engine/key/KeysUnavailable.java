package cn.onecard.engine.key;

/** Thrown when the keys cannot be had: no file, a wrong pass phrase, a changed byte. The message is for a person and names
 *  the file, never a key. */
public final class KeysUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public KeysUnavailable(String message) {
        super(message);
    }

    KeysUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
