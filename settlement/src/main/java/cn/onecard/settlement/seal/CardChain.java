package cn.onecard.settlement.seal;

import cn.onecard.vocabulary.BusinessDate;
import java.util.stream.Stream;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Follows each card of a sealed day from tap to tap, in the order of its counter, and from its last day to this one.
 *
 *  <p><b>What comes before a tap.</b> Within a day it is the tap with the next lower counter. The first tap of a day follows the
 *  state in which the card's last day ended, and so does a tap that passes that state, because taps that came late (a terminal was
 *  off-line for days) stand before it. A card that was never seen follows the balance that it was registered with.
 *
 *  <p><b>How a day ends.</b> With the highest counter seen until then: a day with late taps only leaves the card where it was.
 *
 *  <p>Suspect taps are links of the chain like all others, because the purse was debited. Both statements use window functions
 *  on sealed days; without them, LAG is a self-join on (card, rank) and ROW_NUMBER a join with MAX(card_counter). */
public final class CardChain {
    /** How each card of the last day before this one ended; takes the date twice. */
    private static final String EARLIER = """
            WITH last_day AS (
              SELECT card_no, MAX(business_date) AS business_date
              FROM clearing.day_card WHERE business_date < ? GROUP BY card_no),
            earlier AS (
              SELECT d.card_no, d.last_counter, d.balance_after_fen
              FROM last_day l JOIN clearing.day_card d ON d.card_no = l.card_no AND d.business_date = l.business_date),
            """;

    private static final String CARDS = EARLIER + """
            ranked AS (
              SELECT card_no, card_counter, balance_before_fen - amount_fen AS balance_after_fen,
                     COUNT(*) OVER (PARTITION BY card_no) AS tap_count,
                     SUM(amount_fen) OVER (PARTITION BY card_no) AS amount_fen,
                     ROW_NUMBER() OVER (PARTITION BY card_no ORDER BY card_counter DESC, psam_no DESC, psam_seq DESC) AS place
              FROM clearing.sealed_tap WHERE business_date = ?)
            SELECT r.card_no, CAST(r.tap_count AS SIGNED) AS tap_count, CAST(r.amount_fen AS SIGNED) AS amount_fen,
                   CASE WHEN e.last_counter > r.card_counter THEN e.last_counter ELSE r.card_counter END AS last_counter,
                   CASE WHEN e.last_counter > r.card_counter THEN e.balance_after_fen ELSE r.balance_after_fen END
                     AS balance_after_fen
            FROM ranked r LEFT JOIN earlier e ON e.card_no = r.card_no
            WHERE r.place = 1
            ORDER BY SHA2(CONCAT(?, r.card_no), 256), r.card_no
            """;

    private static final String FINDINGS = EARLIER + """
            chained AS (
              SELECT card_no, card_counter, balance_before_fen,
                     LAG(card_counter) OVER (PARTITION BY card_no ORDER BY card_counter, psam_no, psam_seq) AS lag_counter,
                     LAG(balance_before_fen - amount_fen)
                       OVER (PARTITION BY card_no ORDER BY card_counter, psam_no, psam_seq) AS lag_balance_fen
              FROM clearing.sealed_tap WHERE business_date = ?),
            linked AS (
              SELECT c.card_no, c.card_counter, c.balance_before_fen, k.opening_balance_fen,
                     CASE WHEN c.lag_counter IS NULL OR (c.lag_counter < e.last_counter AND c.card_counter >= e.last_counter)
                          THEN e.last_counter ELSE c.lag_counter END AS prior_counter,
                     CASE WHEN c.lag_counter IS NULL OR (c.lag_counter < e.last_counter AND c.card_counter >= e.last_counter)
                          THEN e.balance_after_fen ELSE c.lag_balance_fen END AS prior_balance_fen
              FROM chained c
              LEFT JOIN earlier e ON e.card_no = c.card_no
              LEFT JOIN ledger.card k ON k.card_no = c.card_no),
            judged AS (
              SELECT card_no, card_counter, balance_before_fen, prior_counter,
                     CASE WHEN prior_counter IS NULL THEN opening_balance_fen ELSE prior_balance_fen END AS due_balance_fen,
                     CASE WHEN prior_counter IS NULL THEN CASE WHEN balance_before_fen <> opening_balance_fen THEN 3 END
                          WHEN card_counter < prior_counter THEN 4
                          WHEN card_counter = prior_counter THEN 2
                          WHEN card_counter > prior_counter + 1 THEN 1
                          WHEN balance_before_fen <> prior_balance_fen THEN 3 END AS finding_code
              FROM linked)
            SELECT DISTINCT card_no, card_counter, finding_code,
                   CASE WHEN finding_code = 3 THEN due_balance_fen ELSE prior_counter + 1 END AS expected,
                   CASE WHEN finding_code = 3 THEN balance_before_fen ELSE card_counter END AS found
            FROM judged WHERE finding_code IS NOT NULL
            ORDER BY card_no, card_counter, finding_code
            """;

    private final DSLContext dsl;

    public CardChain(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** The cards of a sealed day, in the secret order that numbers them.
     *
     *  @return a stream that holds a connection until it is closed */
    public Stream<DayCard> listCards(BusinessDate date, byte[] salt) {
        return stream(dsl.resultQuery(CARDS, date.day(), date.day(), salt).fetchSize(Integer.MIN_VALUE).fetchLazy())
                .map(DayCard::read);
    }

    /** What is found on the cards of a sealed day, in the order of card and counter.
     *
     *  @return a stream that holds a connection until it is closed */
    public Stream<CardFinding> listFindings(BusinessDate date) {
        return stream(dsl.resultQuery(FINDINGS, date.day(), date.day()).fetchSize(Integer.MIN_VALUE).fetchLazy())
                .map(CardFinding::read);
    }

    private static Stream<Record> stream(Cursor<Record> cursor) {
        return cursor.stream().onClose(cursor::close);
    }
}
