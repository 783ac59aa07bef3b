package cn.onecard.engine.rail.bill;

/** Thrown when bytes are no file, record or body of their layout, or a value cannot be written in it. Names the line and the column,
 *  never what is in it. */
public final class MalformedFile extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedFile(String what) {
        super(what);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
