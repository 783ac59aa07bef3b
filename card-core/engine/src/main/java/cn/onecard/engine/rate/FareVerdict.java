package cn.onecard.engine.rate;

/** What the fare table says of a charge. */
public enum FareVerdict {
    /** As the table has it. */
    RIGHT,
    /** Less than the table asks for: the operator's own affair. */
    BELOW_TABLE,
    /** More was charged, or a higher full fare stated, than the table allows. */
    TOO_HIGH,
    /** No such table, or no fare for that line in it. */
    TARIFF_UNKNOWN
}
