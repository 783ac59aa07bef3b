package cn.onecard.vocabulary;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Moments as columns of DATETIME hold them: date and time of day in UTC, without saying so. */
public final class Utc {
    private Utc() {}

    /** A moment for a column. */
    public static LocalDateTime of(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    /** The moment of a column. */
    public static Instant instant(LocalDateTime column) {
        return column.toInstant(ZoneOffset.UTC);
    }
}
