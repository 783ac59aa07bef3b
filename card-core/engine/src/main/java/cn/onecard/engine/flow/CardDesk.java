package cn.onecard.engine.flow;

import cn.onecard.engine.office.AccountMove;
import cn.onecard.engine.office.CardAnswer;
import cn.onecard.engine.office.CardAsk;
import cn.onecard.engine.office.OfficeTable;
import cn.onecard.engine.office.PurseClaim;
import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderKind;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.vocabulary.Money;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.ExecutionException;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The card office's desk (卡务台): acts on cards, and the money that follows them. What the purse of a card that is no more still held goes
 *  to its heir's wallet when its day has come; accounts of a replaced card move to the card in its place. Every movement is an order with a
 *  key of its own, so that it is done once, whoever dies while doing it. */
public final class CardDesk {
    private static final String PART = "card-office";
    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final int AT_ONCE = 200;
    private static final Logger LOG = LoggerFactory.getLogger(CardDesk.class);

    private final OfficeTable office;
    private final PaymentCorridor corridor;
    private final Clock clock;

    public CardDesk(OfficeTable office, PaymentCorridor corridor, Clock clock) {
        this.office = office;
        this.corridor = corridor;
        this.clock = clock;
    }

    /** Does something with a card. What money follows moves within seconds, or when its day has come. */
    public CardAnswer act(CardAsk ask) {
        return office.act(ask);
    }

    /** What was done with cards. */
    public OfficeTable office() {
        return office;
    }

    /** Moves what can be moved, again and again. */
    public Repeating start(Duration pause) {
        return Repeating.start("card-desk", pause, () -> {
            try {
                return attend() == AT_ONCE;
            } catch (DataAccessException | ExecutionException e) {
                LOG.warn("claims and accounts of cards wait for another round", e);
                return false;
            }
        });
    }

    /** Pays the claims that are due and moves accounts.
     *
     *  @return how many of either there were, at most */
    int attend() throws InterruptedException, ExecutionException {
        int most = 0;
        for (PurseClaim claim : office.listDueClaims(LocalDate.ofInstant(clock.instant(), CHINA), AT_ONCE)) {
            pay(claim);
            most++;
        }
        int moves = 0;
        for (AccountMove move : office.listMoves(AT_ONCE)) {
            move(move);
            moves++;
        }
        return Math.max(most, moves);
    }

    private void pay(PurseClaim claim) throws InterruptedException, ExecutionException {
        Money amount = claim.face().isPresent() ? claim.face().get() : office.books(claim.card());
        if (amount.isNegative()) {
            LOG.error("the purse of card {} was tapped for more than it ever held, by {}", claim.card(), amount.negated());
            office.decide(claim, PurseClaim.State.BELOW_NOTHING, amount.negated(), clock.instant());
            return;
        }
        if (amount.equals(Money.ZERO)) {
            office.decide(claim, PurseClaim.State.NOTHING, Money.ZERO, clock.instant());
            return;
        }
        OrderTerms terms = new OrderTerms(OrderKind.PURSE_REFUND, new AccountId(claim.heir(), AccountKind.WALLET), office.cardCompany(), 0, amount);
        switch (pay(terms, "purse-" + claim.act())) {
            case PaymentAnswer.Done done -> office.decide(claim, PurseClaim.State.PAID, done.amount(), done.at());
            case PaymentAnswer.Refused refused -> LOG.error("what the purse of card {} held waits: {}", claim.card(), refused.reason());
        }
    }

    private void move(AccountMove move) throws InterruptedException, ExecutionException {
        if (!move.isUnderWay() && !office.begin(move)) {
            return;
        }
        OrderId account = OrderId.of(CallKey.ofHouse(PART, move.from().cardNo().digits()));     // a key bears no card number
        String which = move.from().kind() + "-" + account + "-" + move.entryNo();
        OrderTerms out = new OrderTerms(OrderKind.TRANSFER_OUT, move.from(), office.cardCompany(), 0, move.amount());
        if (pay(out, "out-" + which) instanceof PaymentAnswer.Refused refused) {
            LOG.info("an account of card {} changed while it was moved: {}", move.from().cardNo(), refused.reason());
            office.end(move);
            return;
        }
        OrderTerms in = new OrderTerms(OrderKind.TRANSFER_IN, move.to(), office.cardCompany(), 0, move.amount());
        switch (pay(in, "in-" + which)) {
            case PaymentAnswer.Done done -> office.end(move);
            case PaymentAnswer.Refused refused -> LOG.error("{} of card {} is on its way and cannot arrive: {}", move.amount(), move.from().cardNo(), refused.reason());
        }
    }

    private PaymentAnswer pay(OrderTerms terms, String key) throws InterruptedException, ExecutionException {
        return corridor.take(Opening.of(CallKey.ofHouse(PART, key), terms, Goal.PAY, LIFETIME, clock.instant())).get();
    }
}
