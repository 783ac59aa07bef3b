package cn.onecard.settlement.day;

/** Is told how far a night has come: after the commit of a chunk, after a file is complete, now and then while reading.
 *  Whoever dies while being told has lost nothing, so this is also where a test lets the program die. */
@FunctionalInterface
public interface Progress {
    /** Nobody listens. */
    Progress SILENT = (stage, step, done, total) -> {};

    /** So much of a step is done.
     *
     *  @param stage the stage that is being worked towards
     *  @param step what is done, in a word or two
     *  @param done rows, files or steps so far
     *  @param total of them all, or 0 if that is not known yet */
    void reached(Stage stage, String step, long done, long total);
}
