package cn.onecard.engine.rail.nhsa;

/** Thrown when what came is no message of the interface. It names the field and never what stands in it: that may be a patient's. */
public final class MalformedJson extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedJson(String message) {
        super(message);
    }
}
