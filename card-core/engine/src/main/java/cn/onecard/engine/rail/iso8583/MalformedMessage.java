package cn.onecard.engine.rail.iso8583;

/** Thrown when bytes, or values to be encoded, are no message of the profile. Names the field and what is wrong with it, never what
 *  is in it. It is the sender's fault and no place in our code, so it carries no stack trace. */
public final class MalformedMessage extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** The field number of what stands before the message type: length word, TPDU, header. */
    public static final int BEFORE_MESSAGE = -1;

    private final int field;
    private final Fault fault;

    MalformedMessage(int field, Fault fault) {
        super((field == BEFORE_MESSAGE ? "before the message" : "field " + field) + ": " + fault);
        this.field = field;
        this.fault = fault;
    }

    /** The number of the field: 0 is the message type, 1 the bitmap, {@link #BEFORE_MESSAGE} what stands before them. */
    public int field() {
        return field;
    }

    public Fault fault() {
        return fault;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
