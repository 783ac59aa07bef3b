package cn.onecard.settlement.fares;

import java.io.IOException;

/** A source says something that a fare table cannot say, or nothing that makes sense. The message begins with file and line. */
public final class ImportRefused extends IOException {
    private static final long serialVersionUID = 1;

    ImportRefused(String message) {
        super(message);
    }
}
