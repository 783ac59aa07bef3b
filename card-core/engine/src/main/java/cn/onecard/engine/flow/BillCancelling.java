package cn.onecard.engine.flow;

import cn.onecard.engine.bill.BillOrder;
import cn.onecard.engine.bill.Cancellation;
import cn.onecard.engine.bill.CancellationState;
import cn.onecard.engine.flow.BillAnswer.No;
import cn.onecard.engine.flow.BillAnswer.Reason;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderState;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRequest.Change;
import cn.onecard.engine.outbox.FollowUp;
import cn.onecard.engine.rail.utility.Biller;
import cn.onecard.engine.rail.utility.BillerAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Payments of bills that are taken back on the same day (当日抹账): the biller is asked once, and only when it has taken the payment back
 *  is the money given back. What nobody knows is found out by asking for the payment itself: if it is there after the time that the
 *  biller needs to show it, it stands; if it is not, it was taken back. */
public final class BillCancelling {
    private static final int MOST = 500;
    private static final Logger LOG = LoggerFactory.getLogger(BillCancelling.class);

    private final Map<String, Biller> billers;
    private final BillDesk.Books books;
    private final PaymentCorridor corridor;
    private final Clock clock;

    public BillCancelling(Map<String, Biller> billers, BillDesk.Books books, PaymentCorridor corridor, Clock clock) {
        this.billers = Map.copyOf(billers);
        this.books = books;
        this.corridor = corridor;
        this.clock = clock;
    }

    /** Takes a payment back. Asked again, it says how that stands.
     *
     *  @param caller who made the payment */
    public BillAnswer cancel(String caller, OrderId order) throws InterruptedException, ExecutionException {
        Optional<OpenOrders.View> found = books.orders().find(caller, order);
        Optional<BillOrder> bill = books.bills().find(order);
        if (found.isEmpty() || bill.isEmpty()) {
            return new No(Reason.PAYMENT_UNKNOWN, "");
        }
        Optional<Cancellation> there = books.cancellations().find(order).filter(one -> one.state() != CancellationState.STANDS);
        if (there.isEmpty()) {
            Optional<No> no = refuse(found.get(), biller(bill.get()));
            if (no.isPresent()) {
                return no.get();
            }
            begin(bill.get());
        }
        return books.stands(books.orders().find(order).orElseThrow());
    }

    private Optional<No> refuse(OpenOrders.View view, Biller biller) {
        if (view.state() != OrderState.CAPTURED) {
            return Optional.of(new No(Reason.NOT_PAID, view.state().name()));
        }
        return biller.descriptor().canCancel(view.since(), clock.instant()) ? Optional.empty()
                : Optional.of(new No(Reason.TOO_LATE, "until " + biller.descriptor().rules().cancelUntil()));
    }

    private void begin(BillOrder bill) throws InterruptedException, ExecutionException {
        Instant now = clock.instant();
        if (!books.cancellations().begin(bill, now, followUp(bill).abandoned(now))) {
            return;
        }
        Cancellation asked = books.cancellations().find(bill.order()).orElseThrow();
        switch (biller(bill).cancel(bill.payment())) {
            case BillerAnswer.Confirmed _ -> refund(asked, "the biller took it back");
            case BillerAnswer.Rejected rejected -> books.cancellations().move(asked, CancellationState.STANDS, Optional.empty(), "the biller refuses: " + rejected.code());
            case BillerAnswer.NotSent notSent -> books.cancellations().move(asked, CancellationState.STANDS, Optional.empty(), "not sent: " + notSent.why());
            case BillerAnswer.Processing() -> lose(asked, "the biller is at it");
            case BillerAnswer.NotFound() -> lose(asked, "the biller does not know the payment");
            case BillerAnswer.Unknown unknown -> lose(asked, unknown.why());
        }
    }

    /** Attends to everything that is due: asks about what is unknown, gives back what was taken back.
     *
     *  @return how many were attended to */
    public int sweep() throws InterruptedException, ExecutionException {
        int attended = 0;
        for (String name : billers.keySet()) {
            for (Cancellation due : books.cancellations().listDue(name, clock.instant(), MOST)) {
                attendTo(due);
                attended++;
            }
        }
        return attended;
    }

    /** Sweeps again and again. */
    public Repeating start(Duration pause) {
        return Repeating.start("bill-cancelling", pause, () -> {
            try {
                sweep();
            } catch (DataAccessException | ExecutionException e) {
                LOG.warn("cancellations wait for the next sweep", e);
            }
            return false;
        });
    }

    /** Ends a cancellation by the biller's statement.
     *
     *  @param listed whether the statement has the payment */
    void decide(Cancellation one, boolean listed) throws InterruptedException, ExecutionException {
        if (listed) {
            books.cancellations().move(one, CancellationState.STANDS, Optional.empty(), "listed in the statement");
        } else {
            refund(one, "not listed in the statement");
        }
    }

    private void attendTo(Cancellation due) throws InterruptedException, ExecutionException {
        switch (due.state()) {
            case ASKED -> lose(due, "its sender did not live to see the answer");
            case UNKNOWN -> ask(due);
            case CANCELLED -> giveBack(due);
            case REFUNDED, STANDS, AWAITING_STATEMENT -> throw new IllegalStateException(due.state() + " is never due");
        }
    }

    private void ask(Cancellation one) throws InterruptedException, ExecutionException {
        BillOrder bill = books.bills().find(one.order()).orElseThrow();
        FollowUp followUp = followUp(bill);
        Instant now = clock.instant();
        if (!now.isBefore(one.begunAt().plus(followUp.cutOff()))) {
            books.cancellations().move(one, CancellationState.AWAITING_STATEMENT, Optional.empty(), "asking is over");
            return;
        }
        if (!books.cancellations().claimAsking(one, followUp.nextAsk(one.asked() + 1, now))) {
            return;
        }
        boolean isVisible = !now.isBefore(one.begunAt().plus(followUp.visibilityDelay()));
        switch (biller(bill).status(bill.payment())) {
            case BillerAnswer.Confirmed _ when isVisible -> books.cancellations().move(one, CancellationState.STANDS, Optional.empty(), "the payment is still there");
            case BillerAnswer.Rejected rejected -> refund(one, "the biller says: " + rejected.code());
            case BillerAnswer.NotFound() when isVisible && one.notFound() > 0 -> refund(one, "the biller does not know it, again");
            case BillerAnswer.NotFound() -> books.cancellations().noteNotFound(one);
            case BillerAnswer.Confirmed _, BillerAnswer.Processing _, BillerAnswer.NotSent _, BillerAnswer.Unknown _ ->
                LOG.info("the cancellation of {} is asked about again", one.order());
        }
    }

    private void lose(Cancellation one, String why) {
        books.cancellations().move(one, CancellationState.UNKNOWN, Optional.of(followUp(bill(one)).nextAsk(0, clock.instant())), why);
    }

    /** The biller took it back: that is written first, so that the money is given back whoever dies now. */
    private void refund(Cancellation one, String why) throws InterruptedException, ExecutionException {
        if (books.cancellations().move(one, CancellationState.CANCELLED, Optional.of(clock.instant()), why)) {
            giveBack(books.cancellations().find(one.order()).orElseThrow());
        }
    }

    private void giveBack(Cancellation one) throws InterruptedException, ExecutionException {
        OpenOrders.View view = books.orders().find(one.order()).orElseThrow();
        Change refund = Change.refund(CallKey.ofHouse("bill", one.order() + "-cancelled"), one.order(), view.amounts().captured(), one.reason(), clock.instant());
        if (corridor.take(refund).get() instanceof PaymentAnswer.Refused refused) {
            LOG.error("the biller took payment {} back, and the order says {}: somebody must look at it", one.order(), refused.reason());
            return;
        }
        books.cancellations().move(one, CancellationState.REFUNDED, Optional.empty(), one.reason());
    }

    private FollowUp followUp(BillOrder bill) {
        return BillPartner.followUp(biller(bill).descriptor());
    }

    private BillOrder bill(Cancellation one) {
        return books.bills().find(one.order()).orElseThrow();
    }

    private Biller biller(BillOrder bill) {
        return Optional.ofNullable(billers.get(bill.biller())).orElseThrow(() -> new IllegalStateException("biller " + bill.biller() + " is not here any more"));
    }
}
