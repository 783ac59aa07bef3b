package cn.onecard.engine.bill;

import static cn.onecard.sql.tables.ledger.Tables.BILL_CASE;
import static cn.onecard.sql.tables.ledger.Tables.BILL_STATEMENT;

import cn.onecard.sql.tables.ledger.tables.records.BillCaseRecord;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Utc;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jooq.DSLContext;

/** The statements that were held against our payments, and the cases that came of it. */
public final class StatementTable {
    private final DSLContext dsl;

    public StatementTable(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** Writes down that a statement was held against our payments, and the cases; those that are there already stay.
     *
     *  @param total of the statement */
    public void write(String biller, LocalDate day, int lines, Money total, List<BillCase> cases, Instant now) {
        LocalDateTime at = Utc.of(now);
        dsl.transaction(transaction -> {
            DSLContext tx = transaction.dsl();
            for (BillCase one : cases) {
                BillCaseRecord row = new BillCaseRecord();
                row.setBiller(one.biller());
                row.setDay(one.day());
                row.setOrderNo(one.orderNo());
                row.setKindCode(one.kind().code());
                row.setOursFen(one.ours().fen());
                row.setTheirsFen(one.theirs().fen());
                row.setSeenAt(at);
                tx.insertInto(BILL_CASE).set(row).onDuplicateKeyIgnore().execute();
            }
            tx.insertInto(BILL_STATEMENT).columns(BILL_STATEMENT.BILLER, BILL_STATEMENT.DAY, BILL_STATEMENT.LINES_NO, BILL_STATEMENT.TOTAL_FEN, BILL_STATEMENT.DECIDED_AT)
                    .values(biller, day, lines, total.fen(), at).onDuplicateKeyIgnore().execute();
        });
    }

    /** The latest cases, the latest first.
     *
     *  @param most at most so many */
    public List<BillCase> listCases(int most) {
        return dsl.selectFrom(BILL_CASE).orderBy(BILL_CASE.SEEN_AT.desc(), BILL_CASE.ORDER_NO).limit(most).fetch(row -> new BillCase(row.getBiller(), row.getDay(),
                row.getOrderNo(), BillCase.Kind.byCode(row.getKindCode()), Money.ofFen(row.getOursFen()), Money.ofFen(row.getTheirsFen())));
    }
}
