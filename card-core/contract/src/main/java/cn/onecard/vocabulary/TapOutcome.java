package cn.onecard.vocabulary;

/** What became of a tap: exactly one of these is answered for each frame, after the commit that holds it. */
public enum TapOutcome {
    /** Posted: the purse was debited, the party is owed. */
    ACCEPTED,
    /** The same key with the same content is in the journal already. */
    DUPLICATE,
    /** The same key with other content is in the journal already; the frame is kept as evidence. */
    CONFLICT,
    /** Posted to suspense, with its reason. */
    SUSPECT,
    /** The TAC is not the card's: no money moves, the frame is kept as evidence. */
    FORGED,
    /** The bytes cannot be a tap: no money moves, the frame is kept as evidence. */
    MALFORMED
}
