package cn.onecard.engine.office;

import static cn.onecard.sql.tables.clearing.Tables.DAY_CARD;
import static cn.onecard.sql.tables.clearing.Tables.DAY_RUN;
import static cn.onecard.sql.tables.ledger.Tables.CARD;
import static cn.onecard.sql.tables.ledger.Tables.LOAD_TERMS;
import static cn.onecard.sql.tables.ledger.Tables.PAY_ORDER;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import java.time.LocalDate;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What the books say that the purse of a card holds: what it held when they first knew it, and was loaded, less what was tapped on sealed days. */
final class PurseBooks {
    private static final int SEALED = 2;

    private final DSLContext dsl;

    PurseBooks(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** Signed: below zero, more was tapped than was ever there. */
    Money of(CardNo card) {
        long opening = dsl.select(CARD.OPENING_BALANCE_FEN).from(CARD).where(CARD.CARD_NO.eq(card)).fetchSingle().value1();
        long loaded = dsl.select(DSL.coalesce(DSL.sum(PAY_ORDER.CAPTURED_FEN), DSL.zero())).from(LOAD_TERMS)
                .join(PAY_ORDER).on(PAY_ORDER.ORDER_ID.eq(LOAD_TERMS.ORDER_ID)).where(LOAD_TERMS.CARD_NO.eq(card)).fetchSingle().value1().longValue();
        long tapped = dsl.select(DSL.coalesce(DSL.sum(DAY_CARD.AMOUNT_FEN), DSL.zero())).from(DAY_CARD).where(DAY_CARD.CARD_NO.eq(card)).fetchSingle().value1().longValue();
        return Money.ofFen(Math.subtractExact(Math.addExact(opening, loaded), tapped));
    }

    /** The last business day of which all that was tapped is in the books for good. */
    Optional<LocalDate> findLastSealed() {
        return dsl.select(DAY_RUN.BUSINESS_DATE).from(DAY_RUN).where(DAY_RUN.STAGE_CODE.ge(SEALED)).orderBy(DAY_RUN.BUSINESS_DATE.desc()).limit(1)
                .fetchOptional().map(row -> row.value1().day());
    }
}
