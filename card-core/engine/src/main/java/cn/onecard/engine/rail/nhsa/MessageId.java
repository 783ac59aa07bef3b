package cn.onecard.engine.rail.nhsa;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Number of a message (msgid): what is done once is done under one number.
 *
 *  <pre>
 *  institution(12) | time in China, yyyyMMddHHmmss(14) | sequence(4)
 *  </pre> */
public record MessageId(String value) {
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneId.of("Asia/Shanghai"));
    private static final int SEQUENCES = 10_000;

    public MessageId {
        if (!value.matches("[A-Z0-9]{12}[0-9]{18}")) {
            throw new IllegalArgumentException("a message number has 12 characters of an institution and 18 digits");
        }
    }

    /** A number.
     *
     *  @param institution 12 characters
     *  @param sequence only its last four digits count */
    public static MessageId of(String institution, Instant at, long sequence) {
        return new MessageId("%s%s%04d".formatted(institution, SECOND.format(at), Math.floorMod(sequence, SEQUENCES)));
    }

    @Override
    public String toString() {
        return value;
    }
}
