package cn.onecard.settlement.clear;

import cn.onecard.settlement.clear.Takings.Source;
import cn.onecard.settlement.day.Services;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jooq.DSLContext;
import org.jooq.Record;

/** What the account entries of a day come to, added up by the database: what parties were paid and gave back, and what they took
 *  in for accounts. */
final class PaymentSums {
    private static final String CAPTURED = """
            SELECT party_id, service_code, COUNT(*) AS items, CAST(-SUM(amount_fen) AS SIGNED) AS gross_fen
            FROM ledger.account_entry WHERE business_date = ? AND credit_account = 2101 AND amount_fen <> 0
            GROUP BY party_id, service_code ORDER BY party_id, service_code
            """;
    /** With the day of the capture, whose rules share the refund as they shared the capture. */
    private static final String REFUNDED = """
            SELECT c.business_date AS captured_on, e.party_id, e.service_code, COUNT(*) AS items, CAST(-SUM(e.amount_fen) AS SIGNED) AS gross_fen
            FROM ledger.account_entry e JOIN ledger.order_step c ON c.order_id = e.order_id AND c.state_to = 3
            WHERE e.business_date = ? AND e.debit_account = 2101 AND e.amount_fen <> 0
            GROUP BY c.business_date, e.party_id, e.service_code ORDER BY c.business_date, e.party_id, e.service_code
            """;
    private static final String FUNDED = """
            SELECT party_id, CAST(SUM(CASE WHEN debit_account = 1002 THEN ABS(amount_fen) ELSE 0 END) AS SIGNED) AS in_fen,
              CAST(SUM(CASE WHEN credit_account = 1002 THEN ABS(amount_fen) ELSE 0 END) AS SIGNED) AS out_fen
            FROM ledger.account_entry WHERE business_date = ? AND amount_fen <> 0 AND (debit_account = 1002 OR credit_account = 1002)
            GROUP BY party_id ORDER BY party_id
            """;

    private final DSLContext dsl;
    private final Services services;

    PaymentSums(DSLContext dsl, Services services) {
        this.dsl = dsl;
        this.services = services;
    }

    List<Takings> listCaptures(BusinessDate date, int feeVersion) {
        return dsl.resultQuery(CAPTURED, date.day()).fetch(row -> takings(Source.PAYMENTS, feeVersion, row));
    }

    /** What was given back, added up over days of capture that were cleared with the same rules.
     *
     *  @param versionOf the rules that a day is cleared with */
    List<Takings> listRefunds(BusinessDate date, ToIntFunction<BusinessDate> versionOf) {
        Map<List<Integer>, Takings> refunds = new LinkedHashMap<>();
        dsl.resultQuery(REFUNDED, date.day()).forEach(row -> {
            Takings one = takings(Source.REFUNDS, versionOf.applyAsInt(new BusinessDate(row.get("captured_on", LocalDate.class))), row);
            refunds.merge(List.of(one.feeVersion(), one.party().value(), one.service().code()), one,
                    (before, more) -> before.plus(more.count(), more.gross()));
        });
        return List.copyOf(refunds.values());
    }

    List<Funding> listFundings(BusinessDate date) {
        return dsl.resultQuery(FUNDED, date.day()).fetch(row -> new Funding(new PartyId(row.get("party_id", Integer.class)),
                Money.ofFen(row.get("in_fen", Long.class)), Money.ofFen(row.get("out_fen", Long.class))));
    }

    private Takings takings(Source source, int feeVersion, Record row) {
        return new Takings(source, feeVersion, new PartyId(row.get("party_id", Integer.class)), services.service(row.get("service_code", Integer.class)),
                row.get("items", Long.class), Money.ofFen(row.get("gross_fen", Long.class)));
    }
}
