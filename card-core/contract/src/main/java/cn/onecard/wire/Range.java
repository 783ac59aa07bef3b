package cn.onecard.wire;

/** The range checks that all frame parts share. */
final class Range {
    private static final int LONGEST_KEY = 64;

    private Range() {}

    /** Throws unless {@code 0 <= value <= max}. */
    static void check(String field, long value, long max) {
        if (value < 0 || value > max) {
            throw new MalformedFrame(field + " is out of range");
        }
    }

    /** Throws unless the key has 1 to 64 visible ASCII characters. */
    static void checkKey(String field, String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY || !key.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new MalformedFrame(field + " has not 1 to " + LONGEST_KEY + " visible ASCII characters");
        }
    }
}
