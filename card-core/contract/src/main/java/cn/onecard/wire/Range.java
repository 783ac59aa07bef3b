package cn.onecard.wire;

/** The range check that all frame parts share. */
final class Range {
    private Range() {}

    /** Throws unless {@code 0 <= value <= max}. */
    static void check(String field, long value, long max) {
        if (value < 0 || value > max) {
            throw new MalformedFrame(field + " is out of range");
        }
    }
}
