package cn.onecard.vocabulary;

/** Why a tap was not simply accepted. The order of the constants is the precedence: where several apply, the first one is
 *  the answer. The code is what frames, rows and files carry, and never changes once released. */
public enum Refusal {
    /** The frame cannot be a tap: a length, a digit or a range is wrong. */
    MALFORMED(10),
    /** No key of the version that the frame names. The TAC could not be checked. */
    KEY_VERSION_UNKNOWN(20),
    /** A TAC is there and it is not the card's. */
    TAC_WRONG(21),
    /** No TAC: a grey record (灰记录), to be resolved by the next record of the card. */
    GREY(22),
    /** The key version that the frame names was retired before the event. The TAC is right, and proves nothing. */
    KEY_VERSION_RETIRED(23),
    /** The event time is no date and time. */
    TIME_UNREADABLE(30),
    /** The event lies further back than late records are taken. */
    EVENT_TOO_OLD(31),
    /** The event lies after the open business date. */
    EVENT_IN_FUTURE(32),
    /** No such PSAM is enrolled. */
    PSAM_UNKNOWN(40),
    /** The PSAM was sent by a gateway that it is not enrolled to. */
    PSAM_NOT_OF_CALLER(41),
    /** The PSAM does not work for the party or the service that the frame names. */
    PSAM_NOT_BOUND(42),
    /** No such card was issued. */
    CARD_UNKNOWN(50),
    /** The card was closed before the tap. */
    CARD_CLOSED(51),
    /** The card was reported lost. */
    CARD_REPORTED_LOST(52),
    /** The card's last day of validity is over. */
    CARD_EXPIRED(53),
    /** Issuer or city of the frame are not the card's. */
    ISSUER_MISMATCH(54),
    /** Class, kind or algorithm of the frame are not the card's. */
    CLASS_MISMATCH(55),
    /** A test card (测试卡) was used. */
    TEST_CARD(56),
    /** The card was made and not yet handed out. */
    CARD_NOT_ACTIVATED(57),
    /** Kind of ride, service and transaction type do not go together. */
    RIDE_IMPLAUSIBLE(60),
    /** No fare table of that version, or no fare for that line in it. */
    TARIFF_UNKNOWN(61),
    /** More was charged, or a higher full fare stated, than the fare table allows. */
    FARE_TOO_HIGH(62),
    /** A plain purchase of nothing. */
    AMOUNT_ZERO(63),
    /** More than the limit of one transaction. */
    AMOUNT_ABOVE_LIMIT(64),
    /** The balance before was less than the amount. */
    BALANCE_TOO_LOW(65),
    /** The same tap key stands in the journal with other content. */
    KEY_CONFLICT(70);

    private final int code;

    Refusal(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The refusal of that code.
     *
     *  @throws IllegalArgumentException if there is none */
    public static Refusal byCode(int code) {
        for (Refusal refusal : values()) {
            if (refusal.code == code) {
                return refusal;
            }
        }
        throw new IllegalArgumentException("no refusal has code " + code);
    }
}
