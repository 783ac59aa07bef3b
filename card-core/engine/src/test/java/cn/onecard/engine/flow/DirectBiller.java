package cn.onecard.engine.flow;

import cn.onecard.engine.rail.bill.Row;
import cn.onecard.engine.rail.utility.Bill;
import cn.onecard.engine.rail.utility.BillPayment;
import cn.onecard.engine.rail.utility.BillQuery;
import cn.onecard.engine.rail.utility.Biller;
import cn.onecard.engine.rail.utility.BillerAnswer;
import cn.onecard.engine.rail.utility.BillerDescriptor;
import cn.onecard.engine.rail.utility.QueryAnswer;
import cn.onecard.engine.rail.utility.StatementAnswer;
import cn.onecard.vocabulary.Money;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A biller without a line: it owes its answers to nobody, and goes wrong as it is told. One account, whose bills are of 100, 200, 300
 *  ... fen. */
public final class DirectBiller implements Biller {
    static final String ACCOUNT = "10000001";

    private final BillerDescriptor descriptor;
    private final Clock clock;
    private final Map<String, Bill> open = new TreeMap<>();
    private final Map<String, BillPayment> done = new HashMap<>();
    private final Map<String, Bill> paidBills = new HashMap<>();
    private final Deque<Fate> fates = new ArrayDeque<>();
    private final List<byte[]> submitted = new ArrayList<>();
    private int paid;
    private int cancelled;

    /** What becomes of a message. */
    enum Fate { FINE, NOT_SENT, LOST_BEFORE, LOST_AFTER, REFUSED, PROCESSING }

    public DirectBiller(String name, Clock clock, String rules, String side) {
        this.descriptor = BillerDescriptor.parse("""
                {"biller": "%s", "about": {"name": "Water works", "category": "WATER", "party": 401, "serviceCode": 21},
                 "inputs": [{"name": "account", "label": "户号", "regex": "[0-9]{8}"}], "rules": %s,
                 "day": {"cutoff": "23:00", "zone": "Asia/Shanghai", "statementSide": "%s"},
                 "patience": {"connectMillis": 1000, "answerMillis": 1000, "visibilitySeconds": 60},
                 "codes": {"done": ["OK"], "processing": [], "notFound": [], "refused": []},
                 "layouts": {}, "link": {"style": "8583", "host": "127.0.0.1", "port": 1, "components": [],
                  "terminal": {"terminal": "00000001", "agent": "898000000000001", "unit": "W"}}}""".formatted(name, rules, side));
        this.clock = clock;
    }

    /** Adds a bill. */
    public synchronized void owe(String billRef, long fen) {
        open.put(billRef, new Bill(billRef, "202610", Money.ofFen(fen), Money.ZERO, LocalDate.of(2026, 12, 1),
                new Bill.Quote(clock.instant().plus(Duration.ofMinutes(30)), ("echo of " + billRef).getBytes(StandardCharsets.UTF_8))));
    }

    /** What becomes of the next messages that pay, ask or take back. */
    synchronized void will(Fate... next) {
        fates.addAll(List.of(next));
    }

    /** How often it was told to pay. */
    synchronized int paid() {
        return paid;
    }

    /** How often it was told to take back. */
    synchronized int cancelled() {
        return cancelled;
    }

    /** What it has of us. */
    synchronized Money money() {
        return done.values().stream().map(BillPayment::amount).reduce(Money.ZERO, Money::plus);
    }

    synchronized List<byte[]> submitted() {
        return List.copyOf(submitted);
    }

    /** Forgets a payment, as if it had never come. */
    synchronized void forget(String orderNo) {
        done.remove(orderNo);
    }

    /** Knows of a payment that is none. */
    synchronized void invent(String orderNo, long fen) {
        done.put(orderNo, new BillPayment(orderNo, ACCOUNT, "none", Money.ofFen(fen), new byte[0]));
    }

    @Override
    public BillerDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public synchronized QueryAnswer query(BillQuery query) {
        return query.account().equals(ACCOUNT) ? new QueryAnswer.Bills(new QueryAnswer.Customer("王*", ""), List.copyOf(open.values())) : new QueryAnswer.Refused("NO_ACCOUNT");
    }

    @Override
    public synchronized BillerAnswer pay(BillPayment payment) {
        Fate fate = next();
        if (fate != Fate.NOT_SENT) {
            paid++;
        }
        if (fate == Fate.FINE || fate == Fate.LOST_AFTER || fate == Fate.PROCESSING) {
            Bill bill = open.get(payment.billRef());
            if (bill == null || !new String(payment.echo(), StandardCharsets.UTF_8).equals("echo of " + payment.billRef())) {
                return new BillerAnswer.Rejected("NO_SUCH_BILL");
            }
            open.remove(payment.billRef());
            paidBills.put(payment.orderNo(), bill);
            done.put(payment.orderNo(), payment);
        }
        return answer(fate, payment);
    }

    @Override
    public synchronized BillerAnswer status(BillPayment payment) {
        Fate fate = next();
        return fate == Fate.FINE && !done.containsKey(payment.orderNo()) ? new BillerAnswer.NotFound() : answer(fate, payment);
    }

    @Override
    public synchronized BillerAnswer cancel(BillPayment payment) {
        Fate fate = next();
        if (fate != Fate.NOT_SENT) {
            cancelled++;
        }
        if (fate == Fate.FINE || fate == Fate.LOST_AFTER) {
            done.remove(payment.orderNo());
            Bill bill = Objects.requireNonNull(paidBills.remove(payment.orderNo()));
            open.put(bill.billRef(), bill);
        }
        return answer(fate, payment);
    }

    @Override
    public synchronized StatementAnswer statement(LocalDate day) {
        return new StatementAnswer.Statement(done.values().stream().map(one -> Row.of().set("date", day).set("orderNo", one.orderNo()).set("account", one.account())
                .set("amountFen", one.amount()).set("reference", "R1").build()).toList());
    }

    @Override
    public synchronized StatementAnswer submit(LocalDate day, byte[] file) {
        submitted.add(file.clone());
        return new StatementAnswer.Statement(descriptor.statementLayout().read(file));
    }

    @Override
    public void close() {
        // there is nothing to close
    }

    private Fate next() {
        return fates.isEmpty() ? Fate.FINE : fates.removeFirst();
    }

    private static BillerAnswer answer(Fate fate, BillPayment payment) {
        return switch (fate) {
            case FINE -> new BillerAnswer.Confirmed("R1", payment.amount(), "12345678901234567890".getBytes(StandardCharsets.US_ASCII));
            case NOT_SENT -> new BillerAnswer.NotSent("no line");
            case LOST_BEFORE, LOST_AFTER -> new BillerAnswer.Unknown("no answer");
            case REFUSED -> new BillerAnswer.Rejected("REFUSED");
            case PROCESSING -> new BillerAnswer.Processing();
        };
    }
}
