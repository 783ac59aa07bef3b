package cn.onecard.engine.rail.file;

import java.io.IOException;

/** Thrown when the other host was not reached, or a file has certainly not appeared there. */
public final class NothingLeft extends IOException {
    private static final long serialVersionUID = 1;

    NothingLeft(String what, IOException cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
