package cn.onecard.terminal.uplink;

import org.jspecify.annotations.Nullable;

/** Thrown when a stream to the core cannot be had or cannot go on. What was sent on it and not answered is sent again. */
public final class StreamBroken extends Exception {
    private static final long serialVersionUID = 1;

    StreamBroken(String message) {
        this(message, null);
    }

    StreamBroken(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
