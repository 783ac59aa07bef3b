package cn.onecard.engine.rail.tlv;

/** Thrown when bytes are no BER-TLV. The message says where, and never what stands there. It is the sender's fault and no place in
 *  our code, so it carries no stack trace. */
public final class MalformedTlv extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    MalformedTlv(int at, String what) {
        super("byte " + at + ": " + what);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
