package cn.onecard.terminal.spool;

import java.io.IOException;

/** Thrown when the spool's files, or the disk under them, cannot be trusted: a sync failed, or a confirmed record is gone.
 *  The spool takes nothing more until it is opened again. */
public final class SpoolDamaged extends IOException {
    private static final long serialVersionUID = 1;

    SpoolDamaged(String message) {
        super(message);
    }

    SpoolDamaged(String message, Throwable cause) {
        super(message, cause);
    }
}
