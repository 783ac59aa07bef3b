package cn.onecard.terminal.spool;

import java.io.IOException;

/** Thrown when there is no room for another tap, on the disk or within the spool's bound. The spool takes taps again as soon
 *  as there is room. */
public final class SpoolFull extends IOException {
    private static final long serialVersionUID = 1;

    SpoolFull(String message) {
        super(message);
    }

    SpoolFull(String message, Throwable cause) {
        super(message, cause);
    }
}
