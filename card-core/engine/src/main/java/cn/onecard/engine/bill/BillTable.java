package cn.onecard.engine.bill;

import static cn.onecard.sql.tables.ledger.Tables.BILL_CLAIM;
import static cn.onecard.sql.tables.ledger.Tables.BILL_PAYMENT;

import cn.onecard.engine.key.StorageKey;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.rail.utility.BillPayment;
import cn.onecard.sql.tables.ledger.tables.records.BillPaymentRecord;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Utc;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** The payments of bills in the ledger, and the claims on bills. A bill is in the hands of one payment at a time, on whichever node. */
public final class BillTable {
    private final DSLContext dsl;
    private final StorageKey key;

    /** @param key what accounts at billers are sealed with */
    public BillTable(DSLContext dsl, StorageKey key) {
        this.dsl = dsl;
        this.key = key;
    }

    /** Who has a bill in hand, since when. */
    public record Claim(OrderId order, Instant since) {}

    /** Writes a payment down, if it is not, and claims its bill, if nobody has. Each statement stands for itself: whoever goes on from
     *  what it says takes the bill over by {@link #takeOver}, which lets one pass.
     *
     *  @return who has the bill in hand now */
    public Claim claim(BillOrder bill) {
        byte[] tag = tag(bill.payment().account());
        BillPaymentRecord row = new BillPaymentRecord();
        row.setOrderId(bill.order().bytes());
        row.setBiller(bill.biller());
        row.setAccountTag(tag);
        row.setBillRef(bill.payment().billRef());
        row.setAmountFen(bill.payment().amount().fen());
        row.setDay(bill.day());
        row.setSealed(key.seal(SealedText.write(bill.payment().account(), bill.payment().echo()), bill.order().bytes()));
        row.setCreatedAt(Utc.of(bill.createdAt()));
        dsl.insertInto(BILL_PAYMENT).set(row).onDuplicateKeyIgnore().execute();
        dsl.insertInto(BILL_CLAIM).columns(BILL_CLAIM.BILLER, BILL_CLAIM.ACCOUNT_TAG, BILL_CLAIM.BILL_REF, BILL_CLAIM.ORDER_ID, BILL_CLAIM.CLAIMED_AT)
                .values(bill.biller(), tag, bill.payment().billRef(), bill.order().bytes(), Utc.of(bill.createdAt())).onDuplicateKeyIgnore().execute();
        return dsl.select(BILL_CLAIM.ORDER_ID, BILL_CLAIM.CLAIMED_AT).from(BILL_CLAIM).where(isBill(bill.biller(), tag, bill.payment().billRef()))
                .fetchSingle(claimed -> new Claim(OrderId.ofBytes(claimed.value1()), Utc.instant(claimed.value2())));
    }

    /** Takes a bill out of the hands of a payment that has ended without paying it.
     *
     *  @return false if it is not in those hands any more */
    public boolean takeOver(BillOrder bill, Claim from) {
        return dsl.update(BILL_CLAIM).set(BILL_CLAIM.ORDER_ID, bill.order().bytes()).set(BILL_CLAIM.CLAIMED_AT, Utc.of(bill.createdAt()))
                .where(isBill(bill.biller(), tag(bill.payment().account()), bill.payment().billRef())).and(BILL_CLAIM.ORDER_ID.eq(from.order().bytes()))
                .and(BILL_CLAIM.CLAIMED_AT.eq(Utc.of(from.since()))).execute() == 1;
    }

    /** The payment that has a bill in hand. */
    public Optional<OrderId> findClaim(String biller, String account, String billRef) {
        return dsl.select(BILL_CLAIM.ORDER_ID).from(BILL_CLAIM).where(isBill(biller, tag(account), billRef)).fetchOptional(row -> OrderId.ofBytes(row.value1()));
    }

    /** A payment. */
    public Optional<BillOrder> find(OrderId order) {
        return dsl.selectFrom(BILL_PAYMENT).where(BILL_PAYMENT.ORDER_ID.eq(order.bytes())).fetchOptional(this::bill);
    }

    /** Whether an order pays a bill. */
    public boolean isBill(OrderId order) {
        return dsl.fetchExists(BILL_PAYMENT, BILL_PAYMENT.ORDER_ID.eq(order.bytes()));
    }

    /** The payments that the statement of a day lists, if they were made. */
    public List<BillOrder> listOfDay(String biller, LocalDate day) {
        return dsl.selectFrom(BILL_PAYMENT).where(BILL_PAYMENT.BILLER.eq(biller)).and(BILL_PAYMENT.DAY.eq(day)).orderBy(BILL_PAYMENT.ORDER_ID).fetch(this::bill);
    }

    private BillOrder bill(BillPaymentRecord row) {
        OrderId order = OrderId.ofBytes(row.getOrderId());
        SealedText text = SealedText.read(key.open(row.getSealed(), row.getOrderId()));
        return new BillOrder(order, row.getBiller(), new BillPayment(order.toString(), text.text(), row.getBillRef(), Money.ofFen(row.getAmountFen()), text.bytes()),
                row.getDay(), Utc.instant(row.getCreatedAt()));
    }

    private byte[] tag(String account) {
        return AccountTag.of(key, account);
    }

    private static Condition isBill(String biller, byte[] tag, String billRef) {
        return DSL.and(BILL_CLAIM.BILLER.eq(biller), BILL_CLAIM.ACCOUNT_TAG.eq(tag), BILL_CLAIM.BILL_REF.eq(billRef));
    }
}
