package cn.onecard.wire;

/** Thrown when bytes cannot be a frame. The message names the field and never holds a card number. */
public final class MalformedFrame extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public MalformedFrame(String message) {
        super(message);
    }
}
