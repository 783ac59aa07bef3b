package cn.onecard.engine.rail.iso8583;

/** Which characters a field is made of. What is counted, in a table as on the wire, is digits of {@link #DIGITS} and {@link #TRACK}
 *  and bytes of all else. */
enum Kind {
    /** {@code n}: decimal digits. */
    DIGITS,
    /** {@code z}: decimal digits and the separator {@code =} of a magnetic track, which is half byte D where digits are packed. */
    TRACK,
    /** {@code x+n}: C (credit) or D (debit), then decimal digits. */
    SIGNED,
    /** {@code an}: letters, digits, spaces to fill. */
    ALPHANUMERIC,
    /** {@code ans}: printable ASCII. */
    PRINTABLE,
    /** {@code t}: text in whatever encoding, GBK as a rule; no control characters. */
    TEXT,
    /** {@code b}: any bytes. */
    BYTES;

    /** Whether digits of this kind lie two a byte. */
    boolean isPacked(Dialect dialect) {
        return dialect.packs() && (this == DIGITS || this == TRACK);
    }

    /** Whether a byte may stand at that place of a field. */
    boolean allows(int at, byte value) {
        return switch (this) {
            case DIGITS -> isDigit(value);
            case TRACK -> isDigit(value) || value == '=';
            case SIGNED -> at == 0 ? value == 'C' || value == 'D' : isDigit(value);
            case ALPHANUMERIC -> isDigit(value) || (value >= 'A' && value <= 'Z') || (value >= 'a' && value <= 'z') || value == ' ';
            case PRINTABLE -> value >= ' ' && value <= '~';
            case TEXT -> (value & 0xFF) >= ' ' && value != 0x7F;
            case BYTES -> true;
        };
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }
}
