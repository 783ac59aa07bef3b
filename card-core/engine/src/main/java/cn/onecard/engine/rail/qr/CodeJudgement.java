package cn.onecard.engine.rail.qr;

/** What a scanned text is worth. */
public sealed interface CodeJudgement permits VerifiedCode, CodeJudgement.Refused {
    /** It is worth nothing.
     *
     *  @param reason the first that applies */
    record Refused(Reason reason) implements CodeJudgement {}

    /** Why a text is worth nothing, in order of precedence. */
    enum Reason {
        /** It is no code of the city. */
        MALFORMED,
        /** Nobody here knows the key it names. */
        KEY_UNKNOWN,
        /** It was not signed by that key. */
        SIGNATURE_WRONG,
        /** It is of a time that has not come. */
        NOT_YET_VALID,
        /** Its time is over. */
        EXPIRED
    }
}
