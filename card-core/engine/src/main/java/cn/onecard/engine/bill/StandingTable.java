package cn.onecard.engine.bill;

import static cn.onecard.sql.tables.ledger.Tables.STANDING_BILL;
import static cn.onecard.sql.tables.ledger.Tables.STANDING_ORDER;

import cn.onecard.engine.key.StorageKey;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.rail.utility.Bill;
import cn.onecard.engine.rail.utility.BillQuery;
import cn.onecard.sql.tables.ledger.tables.records.StandingBillRecord;
import cn.onecard.sql.tables.ledger.tables.records.StandingOrderRecord;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Utc;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Standing orders in the ledger, and the bills that they gave notice of. A bill goes from one state to the next for one caller alone. */
public final class StandingTable {
    private static final int LONGEST_REASON = 80;
    private static final int LONGEST_PERIOD = 40;

    private final DSLContext dsl;
    private final StorageKey key;

    /** @param key what accounts at billers are sealed with */
    public StandingTable(DSLContext dsl, StorageKey key) {
        this.dsl = dsl;
        this.key = key;
    }

    /** Writes a standing order, if it is not there; it is due at once.
     *
     *  @param call who sets it up, and by which key
     *  @return the standing order of that key */
    public StandingOrder add(CallKey call, StandingOrder order, Instant now) {
        StandingOrderRecord row = new StandingOrderRecord();
        byte[] id = OrderId.of(call).bytes();
        row.setStandingId(id);
        row.setCaller(call.caller());
        row.setCardNo(order.card());
        row.setBiller(order.bills().biller());
        row.setAccountTag(AccountTag.of(key, order.bills().account().account()));
        row.setSealed(key.seal(SealedText.write(order.bills().account().account(), inputs(order.bills().account().inputs())), id));
        row.setMostFen(order.terms().most().fen());
        row.setNoticeDays(order.terms().noticeDays());
        row.setEnded(0);
        row.setLookAt(Utc.of(now));
        row.setCreatedAt(Utc.of(now));
        dsl.insertInto(STANDING_ORDER).set(row).onDuplicateKeyIgnore().execute();
        return find(OrderId.of(call).toString()).orElseThrow();
    }

    /** A standing order. */
    public Optional<StandingOrder> find(String id) {
        return list(STANDING_ORDER.STANDING_ID.eq(bytes(id)), 1).stream().findFirst();
    }

    /** The standing orders of a caller.
     *
     *  @param most at most so many */
    public List<StandingOrder> listOf(String caller, int most) {
        return list(STANDING_ORDER.CALLER.eq(caller), most);
    }

    /** Those that are to be looked after now, the longest due first. */
    public List<StandingOrder> listDue(Instant now, int most) {
        return list(STANDING_ORDER.ENDED.eq(0).and(STANDING_ORDER.LOOK_AT.le(Utc.of(now))), most);
    }

    /** Claims the looking after of a standing order.
     *
     *  @return whether it is the caller who looks after it now */
    public boolean claimLook(StandingOrder order, Instant now, Instant next) {
        return dsl.update(STANDING_ORDER).set(STANDING_ORDER.LOOK_AT, Utc.of(next)).where(STANDING_ORDER.STANDING_ID.eq(bytes(order.id())))
                .and(STANDING_ORDER.LOOK_AT.le(Utc.of(now))).and(STANDING_ORDER.ENDED.eq(0)).execute() == 1;
    }

    /** Ends a standing order: what is not being paid already is not paid. */
    public void end(String id) {
        dsl.transaction(transaction -> {
            transaction.dsl().update(STANDING_ORDER).set(STANDING_ORDER.ENDED, 1).where(STANDING_ORDER.STANDING_ID.eq(bytes(id))).execute();
            transaction.dsl().update(STANDING_BILL).set(STANDING_BILL.STATE_CODE, StandingBill.State.STOPPED.code()).set(STANDING_BILL.REASON, "the standing order was ended")
                    .where(STANDING_BILL.STANDING_ID.eq(bytes(id))).and(STANDING_BILL.STATE_CODE.eq(StandingBill.State.NOTICED.code())).execute();
        });
    }

    /** Gives notice of a bill, once. */
    public void notice(StandingOrder order, Bill bill, Instant now, LocalDate payOn) {
        StandingBillRecord row = new StandingBillRecord();
        row.setStandingId(bytes(order.id()));
        row.setBillRef(bill.billRef());
        row.setPeriod(bill.period().substring(0, Math.min(LONGEST_PERIOD, bill.period().length())));
        row.setAmountFen(bill.total().fen());
        row.setNoticedAt(Utc.of(now));
        row.setPayOn(payOn);
        row.setStateCode(StandingBill.State.NOTICED.code());
        dsl.insertInto(STANDING_BILL).set(row).onDuplicateKeyIgnore().execute();
    }

    /** Takes a bill to another state.
     *
     *  @param payOn not paid before that day
     *  @return false if it does not stand there any more */
    public boolean move(StandingBill from, StandingBill.Progress to, LocalDate payOn) {
        return dsl.update(STANDING_BILL).set(STANDING_BILL.STATE_CODE, to.state().code()).set(STANDING_BILL.ORDER_ID, to.order().map(OrderId::bytes).orElse(null))
                .set(STANDING_BILL.ATTEMPTS, to.attempts()).set(STANDING_BILL.REASON, to.reason().substring(0, Math.min(LONGEST_REASON, to.reason().length())))
                .set(STANDING_BILL.PAY_ON, payOn).where(isBill(from.standing(), from.billRef())).and(STANDING_BILL.STATE_CODE.eq(from.progress().state().code()))
                .and(STANDING_BILL.ATTEMPTS.eq(from.progress().attempts())).execute() == 1;
    }

    /** A bill of a standing order. */
    public Optional<StandingBill> findBill(String id, String billRef) {
        return bills(isBill(id, billRef)).stream().findFirst();
    }

    /** The bills of a standing order. */
    public List<StandingBill> listBills(String id) {
        return bills(STANDING_BILL.STANDING_ID.eq(bytes(id)));
    }

    private List<StandingBill> bills(Condition which) {
        return dsl.selectFrom(STANDING_BILL).where(which).orderBy(STANDING_BILL.NOTICED_AT, STANDING_BILL.BILL_REF).fetch(row -> new StandingBill(
                HexFormat.of().formatHex(row.getStandingId()), row.getBillRef(), row.getPeriod(), Money.ofFen(row.getAmountFen()), row.getPayOn(),
                new StandingBill.Progress(StandingBill.State.byCode(row.getStateCode()), Optional.ofNullable(row.getOrderId()).map(OrderId::ofBytes), row.getAttempts(), row.getReason())));
    }

    private List<StandingOrder> list(Condition which, int most) {
        return dsl.selectFrom(STANDING_ORDER).where(which).orderBy(STANDING_ORDER.LOOK_AT, STANDING_ORDER.STANDING_ID).limit(most).fetch(this::read);
    }

    private StandingOrder read(StandingOrderRecord row) {
        SealedText text = SealedText.read(key.open(row.getSealed(), row.getStandingId()));
        return new StandingOrder(HexFormat.of().formatHex(row.getStandingId()), row.getCardNo(),
                new StandingOrder.Bills(row.getBiller(), new BillQuery(text.text(), inputs(text.bytes()))),
                new StandingOrder.Terms(row.getCaller(), Money.ofFen(row.getMostFen()), row.getNoticeDays()), row.getEnded() == 1);
    }

    /** Names and values, each ended by a line feed. */
    private static byte[] inputs(Map<String, String> inputs) {
        StringBuilder text = new StringBuilder();
        inputs.forEach((name, value) -> text.append(name).append('\n').append(value).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> inputs(byte[] bytes) {
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        Map<String, String> inputs = new LinkedHashMap<>();
        for (int i = 0; i + 1 < parts.length; i += 2) {
            inputs.put(parts[i], parts[i + 1]);
        }
        return inputs;
    }

    private static Condition isBill(String id, String billRef) {
        return DSL.and(STANDING_BILL.STANDING_ID.eq(bytes(id)), STANDING_BILL.BILL_REF.eq(billRef));
    }

    private static byte[] bytes(String id) {
        return HexFormat.of().parseHex(id);
    }
}
