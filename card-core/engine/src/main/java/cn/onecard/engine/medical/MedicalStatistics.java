package cn.onecard.engine.medical;

import static cn.onecard.sql.tables.ledger.Tables.MEDICAL_STATISTIC;

import cn.onecard.engine.rail.nhsa.Input;
import cn.onecard.vocabulary.PartyId;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;

/** All that leaves of what was done to patients: a day's totals of the categories of an institution, over what was paid. Written
 *  anew as often as it is asked for, with the same outcome. */
public final class MedicalStatistics {
    private final DSLContext dsl;
    private final MedicalTable settlements;

    public MedicalStatistics(DSLContext dsl, MedicalTable settlements) {
        this.dsl = dsl;
        this.settlements = settlements;
    }

    /** The total of a category. */
    public record Total(long amountFen, int lines) {
        private Total plus(Input.FeeLine line) {
            return new Total(Math.addExact(amountFen, line.amount().fen()), lines + 1);
        }
    }

    /** Writes the totals of a day and returns them by category. */
    public Map<String, Total> write(PartyId institution, LocalDate day) {
        Map<String, Total> totals = new TreeMap<>();
        for (MedicalSettlement settlement : settlements.listOfDay(institution, day, MedicalState.PAID)) {
            for (Input.FeeLine line : settlements.items().read(settlement.id()).fees()) {
                totals.merge(line.category(), new Total(line.amount().fen(), 1), (sum, one) -> sum.plus(line));
            }
        }
        dsl.transaction(transaction -> {
            DSLContext in = transaction.dsl();
            in.deleteFrom(MEDICAL_STATISTIC).where(MEDICAL_STATISTIC.DAY.eq(day)).and(MEDICAL_STATISTIC.PARTY_ID.eq(institution.value())).execute();
            totals.forEach((category, total) -> in.insertInto(MEDICAL_STATISTIC, MEDICAL_STATISTIC.DAY, MEDICAL_STATISTIC.PARTY_ID, MEDICAL_STATISTIC.CATEGORY,
                    MEDICAL_STATISTIC.AMOUNT_FEN, MEDICAL_STATISTIC.LINE_COUNT).values(day, institution.value(), category, total.amountFen(), total.lines()).execute());
        });
        return totals;
    }
}
