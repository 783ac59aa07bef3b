package cn.onecard.engine.partner.counter;

/** What came of an errand.
 *
 *  @param word DONE, or why not: the code of a problem, or the state in which it stayed
 *  @param fen what the wallet was told to have gained or paid by it; 0 if it was not done
 *  @param reference what the interface calls it; empty if it has no name there */
public record Outcome(Errand errand, String word, long fen, String reference) {
    /** The word of everything that went well. */
    static final String DONE = "DONE";

    static Outcome done(Errand errand, long fen, String reference) {
        return new Outcome(errand, DONE, fen, reference);
    }

    static Outcome not(Errand errand, String word) {
        return new Outcome(errand, word, 0, "");
    }

    public boolean isDone() {
        return word.equals(DONE);
    }
}
