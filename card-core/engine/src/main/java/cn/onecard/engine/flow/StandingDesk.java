package cn.onecard.engine.flow;

import cn.onecard.engine.bill.StandingBill;
import cn.onecard.engine.bill.StandingBill.Progress;
import cn.onecard.engine.bill.StandingBill.State;
import cn.onecard.engine.bill.StandingOrder;
import cn.onecard.engine.bill.StandingTable;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderState;
import cn.onecard.engine.rail.utility.BillerDescriptor;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Standing orders (代扣): bills are asked for once an hour, notice is given of each new one, and it is paid when the notice is over. What
 *  costs more than was agreed, or more than it was noticed at, is not paid. An attempt that fails is made again on the next two days. */
public final class StandingDesk {
    /** Who pays, for the ledger: the orders belong to the house, and nobody but the house changes them. */
    private static final String PART = "standing";
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int MOST = 200;
    private static final int ATTEMPTS = 3;
    private static final Logger LOG = LoggerFactory.getLogger(StandingDesk.class);

    private final BillDesk desk;
    private final StandingTable standing;
    private final Clock clock;

    public StandingDesk(BillDesk desk, StandingTable standing, Clock clock) {
        this.desk = desk;
        this.standing = standing;
        this.clock = clock;
    }

    /** A standing order to be set up.
     *
     *  @param call who sets it up, and by which key */
    public record Ask(CallKey call, CardNo card, StandingOrder.Bills bills, Money most, int noticeDays) {}

    /** What became of it. */
    public sealed interface Answer {
        /** It stands so. */
        record Stands(StandingOrder order, List<StandingBill> bills) implements Answer {
            public Stands {
                bills = List.copyOf(bills);
            }
        }

        /** It was not set up. */
        record No(BillAnswer.No why) implements Answer {}
    }

    /** Sets a standing order up, after the biller has said that it knows the account. */
    public Answer add(Ask ask) {
        Optional<StandingOrder> there = standing.find(OrderId.of(ask.call()).toString());
        if (there.isEmpty() && desk.query(ask.bills().biller(), ask.bills().account()) instanceof BillAnswer.No no) {
            return new Answer.No(no);
        }
        StandingOrder asked = new StandingOrder(OrderId.of(ask.call()).toString(), ask.card(), ask.bills(),
                new StandingOrder.Terms(ask.call().caller(), ask.most(), ask.noticeDays()), false);
        StandingOrder stands = there.orElseGet(() -> standing.add(ask.call(), asked, clock.instant()));
        boolean isSame = stands.card().equals(asked.card()) && stands.bills().equals(asked.bills()) && stands.terms().equals(asked.terms());
        return isSame ? stands(stands) : new Answer.No(new BillAnswer.No(BillAnswer.Reason.KEY_CONFLICT, ""));
    }

    /** How a standing order of a caller stands. */
    public Optional<Answer.Stands> find(String caller, String id) {
        return standing.find(id).filter(one -> one.terms().caller().equals(caller)).map(this::stands);
    }

    /** The standing orders of a caller. */
    public List<StandingOrder> list(String caller) {
        return standing.listOf(caller, MOST);
    }

    /** Ends a standing order of a caller; what is being paid already is paid. */
    public Optional<Answer.Stands> end(String caller, String id) {
        Optional<StandingOrder> mine = standing.find(id).filter(one -> one.terms().caller().equals(caller));
        mine.ifPresent(one -> standing.end(id));
        return mine.flatMap(one -> find(caller, id));
    }

    /** Stops one bill: its owner does not want it paid.
     *
     *  @return the bill as it stands; empty if the caller has no such */
    public Optional<StandingBill> stop(String caller, String id, String billRef) {
        return find(caller, id).flatMap(one -> standing.findBill(id, billRef)).map(bill -> {
            if (bill.progress().state() == State.NOTICED) {
                standing.move(bill, new Progress(State.STOPPED, Optional.empty(), bill.progress().attempts(), "stopped by its owner"), bill.payOn());
            }
            return standing.findBill(id, billRef).orElseThrow();
        });
    }

    /** Looks after the standing orders that are due.
     *
     *  @return how many there were */
    public int round() throws InterruptedException, ExecutionException {
        Map<String, BillerDescriptor> billers = desk.list().stream().collect(Collectors.toMap(BillerDescriptor::biller, Function.identity()));
        List<StandingOrder> due = standing.listDue(clock.instant(), MOST);
        for (StandingOrder order : due) {
            Instant now = clock.instant();
            Optional<BillerDescriptor> biller = Optional.ofNullable(billers.get(order.bills().biller()));
            if (biller.isPresent() && standing.claimLook(order, now, now.plus(PAUSE))) {
                lookAfter(order, biller.get().dayOf(now));
            }
        }
        return due.size();
    }

    /** Goes round again and again. */
    public Repeating start(Duration pause) {
        return Repeating.start("standing-orders", pause, () -> {
            try {
                round();
            } catch (DataAccessException | ExecutionException e) {
                LOG.warn("standing orders wait for another round", e);
            }
            return false;
        });
    }

    private void lookAfter(StandingOrder order, LocalDate today) throws InterruptedException, ExecutionException {
        for (StandingBill bill : standing.listBills(order.id())) {
            if (bill.progress().state() == State.PAYING) {
                follow(bill, today);
            }
        }
        if (!(desk.query(order.bills().biller(), order.bills().account()) instanceof BillAnswer.Offer offer)) {
            LOG.info("standing order {}: its biller does not tell its bills now", order.id());
            return;
        }
        for (BillAnswer.Offered offered : offer.bills()) {
            standing.notice(order, offered.bill(), clock.instant(), today.plusDays(order.terms().noticeDays()));
            StandingBill bill = standing.findBill(order.id(), offered.bill().billRef()).orElseThrow();
            if (bill.progress().state() == State.NOTICED && !today.isBefore(bill.payOn())) {
                pay(order, bill, offered, today);
            }
        }
    }

    private void pay(StandingOrder order, StandingBill bill, BillAnswer.Offered offered, LocalDate today) throws InterruptedException, ExecutionException {
        Money total = offered.bill().total();
        Money agreed = order.terms().most().compareTo(bill.amount()) < 0 ? order.terms().most() : bill.amount();
        if (total.compareTo(agreed) > 0) {
            String why = total.compareTo(order.terms().most()) > 0 ? "more than was agreed" : "more than was noticed";
            standing.move(bill, new Progress(State.NOT_PAID, Optional.empty(), bill.progress().attempts(), why), bill.payOn());
            return;
        }
        int attempt = bill.progress().attempts() + 1;
        CallKey call = CallKey.ofHouse(PART, OrderId.of(new CallKey(order.id(), bill.billRef())) + "-" + attempt);
        Progress paying = new Progress(State.PAYING, Optional.of(OrderId.of(call)), attempt, "");
        if (standing.move(bill, paying, bill.payOn())) {
            BillAnswer answer = desk.pay(new BillDesk.Ask(call, order.card(), offered.quote(), total)).get();
            StandingBill at = new StandingBill(bill.standing(), bill.billRef(), bill.period(), bill.amount(), bill.payOn(), paying);
            settle(at, answer, today);
        }
    }

    /** What became of a payment whose answer nobody waited for. */
    private void follow(StandingBill bill, LocalDate today) {
        OrderId order = bill.progress().order().orElseThrow();
        settle(bill, desk.find(CallKey.ofHouse(PART, "any").caller(), order), today);
    }

    private void settle(StandingBill bill, BillAnswer answer, LocalDate today) {
        switch (answer) {
            case BillAnswer.Offer _ -> throw new IllegalStateException("a payment is no offer");
            case BillAnswer.No no -> again(bill, no.reason() + " " + no.detail(), today);
            case BillAnswer.Stands stands -> {
                switch (stands.state()) {
                    case CAPTURED -> standing.move(bill, progress(bill, State.PAID, ""), bill.payOn());
                    case VOIDED, EXPIRED, REFUSED, REFUNDED, PARTLY_REFUNDED -> again(bill, "the payment is " + stands.state(), today);
                    case NONE, QUOTED, HELD, UNKNOWN -> LOG.info("standing order {}: payment {} is {}", bill.standing(), stands.order(), stands.state());
                }
            }
        }
    }

    private void again(StandingBill bill, String why, LocalDate today) {
        State next = bill.progress().attempts() < ATTEMPTS ? State.NOTICED : State.NOT_PAID;
        standing.move(bill, progress(bill, next, why.strip()), today.plusDays(1));
    }

    private static Progress progress(StandingBill bill, State state, String reason) {
        return new Progress(state, bill.progress().order(), bill.progress().attempts(), reason);
    }

    private Answer.Stands stands(StandingOrder order) {
        return new Answer.Stands(order, standing.listBills(order.id()));
    }
}
