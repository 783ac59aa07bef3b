package cn.onecard.terminal.flow;

/** Told a few times a second how far a stage is. */
@FunctionalInterface
public interface Progress {
    /** So many of so many are done. */
    void at(String stage, int done, int of);
}
