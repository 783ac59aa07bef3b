package cn.onecard.terminal.card;

/** What a card's or PSAM's status word says [1]. A blocked application shows itself in three ways; all are {@link #BLOCKED}.
 *
 *  <pre>
 *  9000                          DONE                    6982       SECURITY_NOT_SATISFIED    9302       MAC_WRONG
 *  6281                          DATA_DOUBTFUL           6983       KEY_LOCKED                9401       BALANCE_TOO_LOW
 *  6283 6A81 9303                BLOCKED                 6985       CONDITIONS_NOT_MET        9402       COUNTER_EXHAUSTED
 *  63CX                          WRONG_CREDENTIAL        6987 6988  SECURE_MESSAGING          9403       KEY_INDEX_UNKNOWN
 *  6400                          STATE_UNCHANGED         6A82 6A83  NOT_FOUND                 9406       NO_PROOF
 *  6581                          WRITE_FAILED            6A84       NO_SPACE
 *  6700 6A80 6A86 6B00           COMMAND_UNFIT           6A88       KEY_NOT_FOUND
 *  6D00 6E00 6F00                COMMAND_UNFIT           6900 6981  PROFILE_MISMATCH
 *  6901                          NO_INIT                 any other  OTHER
 *  </pre>
 *  [1] FMCOS 2.0 manual, status words; JR/T 0025. */
public enum StatusWord {
    DONE, DATA_DOUBTFUL, BLOCKED, WRONG_CREDENTIAL, STATE_UNCHANGED, WRITE_FAILED, COMMAND_UNFIT, PROFILE_MISMATCH, NO_INIT,
    SECURITY_NOT_SATISFIED, KEY_LOCKED, CONDITIONS_NOT_MET, SECURE_MESSAGING, NOT_FOUND, NO_SPACE, KEY_NOT_FOUND, MAC_WRONG,
    BALANCE_TOO_LOW, COUNTER_EXHAUSTED, KEY_INDEX_UNKNOWN, NO_PROOF, OTHER;

    /** The meaning of two bytes, 0 to FFFF. */
    public static StatusWord of(int statusWord) {
        return switch (statusWord) {
            case 0x9000 -> DONE;
            case 0x6281 -> DATA_DOUBTFUL;
            case 0x6283, 0x6A81, 0x9303 -> BLOCKED;
            case 0x6400 -> STATE_UNCHANGED;
            case 0x6581 -> WRITE_FAILED;
            case 0x6700, 0x6A80, 0x6A86, 0x6B00, 0x6D00, 0x6E00, 0x6F00 -> COMMAND_UNFIT;
            case 0x6900, 0x6981 -> PROFILE_MISMATCH;
            case 0x6901 -> NO_INIT;
            case 0x6982 -> SECURITY_NOT_SATISFIED;
            case 0x6983 -> KEY_LOCKED;
            case 0x6985 -> CONDITIONS_NOT_MET;
            case 0x6987, 0x6988 -> SECURE_MESSAGING;
            case 0x6A82, 0x6A83 -> NOT_FOUND;
            case 0x6A84 -> NO_SPACE;
            case 0x6A88 -> KEY_NOT_FOUND;
            case 0x9302 -> MAC_WRONG;
            case 0x9401 -> BALANCE_TOO_LOW;
            case 0x9402 -> COUNTER_EXHAUSTED;
            case 0x9403 -> KEY_INDEX_UNKNOWN;
            case 0x9406 -> NO_PROOF;
            default -> (statusWord & 0xFFF0) == 0x63C0 ? WRONG_CREDENTIAL : OTHER;
        };
    }
}
