package cn.onecard.engine.card;

import static cn.onecard.sql.tables.ledger.Tables.CARD;
import static cn.onecard.sql.tables.ledger.Tables.REGISTER_CHANGE;

import cn.onecard.vocabulary.CardNo;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** The hotlist (黑名单) as terminals fetch it: cards that are lost or closed. Its version is the number of the register's last change. A card
 *  that changes while somebody reads on has a later number and comes with the next fetch, so nothing is missed. */
public final class HotlistTable {
    private final DSLContext dsl;

    public HotlistTable(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** A card that came onto the list or left it.
     *
     *  @param version number of the change by which it did */
    public record Entry(long version, CardNo card, CardState state) {}

    /** Where a page ended: version and card of its last entry. */
    public record Position(long version, CardNo card) {}

    /** The version that the list has now. */
    public long version() {
        return dsl.select(REGISTER_CHANGE.CHANGE_NO).from(REGISTER_CHANGE).fetchSingle().value1();
    }

    /** What changed after a version and up to another, in the order of versions and cards.
     *
     *  @param have 0: the whole list, and of it only what must not be used and could still be
     *  @param after where to go on; empty: from the beginning
     *  @param today cards whose validity is over need not be listed */
    public List<Entry> read(long have, long upTo, Optional<Position> after, LocalDate today, int most) {
        Condition which = CARD.LISTED_NO.gt(have).and(CARD.LISTED_NO.le(upTo));
        if (after.isPresent()) {
            Position last = after.get();
            which = which.and(DSL.row(CARD.LISTED_NO, CARD.CARD_NO).gt(last.version(), last.card())).and(CARD.LISTED_NO.ge(last.version()));
        }
        if (have == 0) {
            which = which.and(CARD.STATE_CODE.in(CardState.LOST.code(), CardState.CLOSED.code())).and(CARD.VALID_TO.ge(today));
        }
        return dsl.select(CARD.LISTED_NO, CARD.CARD_NO, CARD.STATE_CODE).from(CARD).where(which).orderBy(CARD.LISTED_NO, CARD.CARD_NO).limit(most)
                .fetch(row -> new Entry(row.value1(), row.value2(), CardState.byCode(row.value3())));
    }
}
