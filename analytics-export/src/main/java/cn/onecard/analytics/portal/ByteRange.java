package cn.onecard.analytics.portal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a file that a Range header asks for (RFC 9110, section 14).
 *
 *  @param first first byte, from 0
 *  @param last  last byte, inclusive */
record ByteRange(long first, long last) {
    private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** Whether the header is one range of bytes. Several ranges, or another unit, may be ignored, and are. */
    static boolean isOne(String header) {
        Matcher matcher = ONE_RANGE.matcher(header.strip());
        return matcher.matches() && !(matcher.group(1).isEmpty() && matcher.group(2).isEmpty());
    }

    /** The range of a file of that length, or empty if it lies outside.
     *
     *  @param header one for which {@link #isOne} holds */
    static Optional<ByteRange> find(String header, long length) {
        Matcher matcher = ONE_RANGE.matcher(header.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long first = matcher.group(1).isEmpty() ? Math.max(0, length - Long.parseLong(matcher.group(2))) : Long.parseLong(matcher.group(1));
        long last = matcher.group(1).isEmpty() || matcher.group(2).isEmpty() ? length - 1 : Math.min(length - 1, Long.parseLong(matcher.group(2)));
        return first <= last && first < length ? Optional.of(new ByteRange(first, last)) : Optional.empty();
    }

    long length() {
        return last - first + 1;
    }
}
