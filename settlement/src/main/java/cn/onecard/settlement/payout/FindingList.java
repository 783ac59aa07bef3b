package cn.onecard.settlement.payout;

import static cn.onecard.sql.tables.clearing.Tables.CARD_FINDING;

import cn.onecard.settlement.seal.CardFinding;
import cn.onecard.vocabulary.BusinessDate;
import java.io.IOException;
import java.nio.file.Path;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The list {@code findings.csv}: what the card checks found, in the order of card and counter. Card numbers are masked. */
final class FindingList {
    private final DSLContext dsl;

    FindingList(DSLContext dsl) {
        this.dsl = dsl;
    }

    WrittenFile write(BusinessDate date, Path folder) throws IOException {
        try (CsvFile file = CsvFile.create(folder.resolve("findings.csv"), "card_no", "card_counter", "finding", "expected", "found");
                Cursor<? extends Record> rows = dsl.selectFrom(CARD_FINDING).where(CARD_FINDING.BUSINESS_DATE.eq(date))
                        .orderBy(CARD_FINDING.CARD_NO, CARD_FINDING.CARD_COUNTER, CARD_FINDING.FINDING_CODE)
                        .fetchSize(Integer.MIN_VALUE).fetchLazy()) {
            rows.forEach(row -> file.row(row.get(CARD_FINDING.CARD_NO).masked(), row.get(CARD_FINDING.CARD_COUNTER),
                    CardFinding.Kind.byCode(row.get(CARD_FINDING.FINDING_CODE)), row.get(CARD_FINDING.EXPECTED),
                    row.get(CARD_FINDING.FOUND)));
            return file.complete();
        }
    }
}
