package cn.onecard.analytics.extract;

import cn.onecard.vocabulary.BusinessDate;
import java.util.List;

/** What one card did on one day, by joint cell. A card has one class a day: the one it had first.
 *
 *  @param businessDate the day
 *  @param dayCardNo    the number of the card, which means nothing on another day
 *  @param parts        its contributions, at most one a cell */
public record CardDay(BusinessDate businessDate, int dayCardNo, List<Part> parts) {
    public CardDay {
        parts = List.copyOf(parts);
        if (parts.stream().map(Part::cell).distinct().count() != parts.size()) {
            throw new IllegalArgumentException("two contributions of a card to one cell");
        }
        if (parts.stream().map(part -> part.cell().cardClass()).distinct().count() > 1) {
            throw new IllegalArgumentException("a card of two classes");
        }
    }

    /** A contribution to one joint cell.
     *
     *  @param cell      no coordinate of it is a total
     *  @param taps      number of taps
     *  @param amountFen what they cost */
    public record Part(Cell cell, long taps, long amountFen) {}
}
