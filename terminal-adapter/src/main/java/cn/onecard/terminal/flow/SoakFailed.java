package cn.onecard.terminal.flow;

/** A soak found what must not be. */
public final class SoakFailed extends Exception {
    private static final long serialVersionUID = 1;

    SoakFailed(String what) {
        super(what);
    }
}
