package cn.onecard.vocabulary;

import java.time.LocalDate;

/** A business date (清算日期): the day on which the books count a tap. It is stamped once, when the tap is posted, and has
 *  nothing to do with the day on which the tap happened.
 *
 *  @param day the day */
public record BusinessDate(LocalDate day) implements Comparable<BusinessDate> {
    /** The date written as {@code 2026-11-24}. */
    public static BusinessDate parse(String text) {
        return new BusinessDate(LocalDate.parse(text));
    }

    public BusinessDate next() {
        return new BusinessDate(day.plusDays(1));
    }

    @Override
    public int compareTo(BusinessDate other) {
        return day.compareTo(other.day);
    }

    @Override
    public String toString() {
        return day.toString();
    }
}
