package cn.onecard.sql;

import java.io.Serial;

/** The database cannot be reached or cannot be used. The message is one line that a person can act on. */
public final class DatabaseUnavailable extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public DatabaseUnavailable(String message) {
        super(message);
    }

    public DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
