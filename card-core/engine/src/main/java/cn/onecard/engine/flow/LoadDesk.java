package cn.onecard.engine.flow;

import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.card.KeyProfile;
import cn.onecard.engine.card.RegisterTable;
import cn.onecard.engine.key.CardKeys;
import cn.onecard.engine.key.LoadKeys;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.LoadProof;
import cn.onecard.engine.order.LoadTerms;
import cn.onecard.engine.order.Loads;
import cn.onecard.engine.order.OrderEvent;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderState;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.engine.order.PaymentRequest.Change;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.purse.PurseInput;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TerminalId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads cards (圈存) [1]: the money is held, MAC1 proves the card, MAC2 tells the card to credit itself, its TAC proves that it did,
 *  and the money is captured. What a card never confirms stays held, for the card may have done it: nobody is ever paid back for a
 *  time-out. The card itself tells, when it comes again ({@link LoadProof}).
 *
 *  <p>[1] JR/T 0025.2, INIT FOR LOAD and CREDIT FOR LOAD. */
public final class LoadDesk {
    /** Type byte of a load of the e-purse. */
    public static final int LOAD_TYPE = 2;

    /** How long the card may take, before it is asked for. */
    private static final Duration LIFETIME = Duration.ofMinutes(2);
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final Logger LOG = LoggerFactory.getLogger(LoadDesk.class);

    private final Register register;
    private final Keys keys;
    private final PaymentCorridor corridor;
    private final Clock clock;

    /** What is known of cards: the issuing system's word, and their loads. */
    public record Register(RegisterTable cards, Loads loads) {}

    /** The keys that MACs and TACs are made with. */
    public record Keys(LoadKeys load, CardKeys tac) {}

    public LoadDesk(Register register, Keys keys, PaymentCorridor corridor, Clock clock) {
        this.register = register;
        this.keys = keys;
        this.corridor = corridor;
        this.clock = clock;
    }

    /** A card that is to be loaded, after INIT FOR LOAD.
     *
     *  @param order what is to be paid, and from where
     *  @param terminal where the card is
     *  @param init what it answered
     *  @param mac1 by which it says that it is that card
     *  @param reason stands on the order's first step, at most 80 characters */
    public record Ask(CallKey call, OrderTerms order, TerminalId terminal, LoadTerms.CardInit init, int mac1, String reason) {}

    /** Begins a load. */
    public LoadAnswer begin(Ask ask) throws InterruptedException, ExecutionException {
        OrderId order = OrderId.of(ask.call());
        CardNo cardNo = ask.order().account().cardNo();
        Optional<CardKeys.Origin> origin = findOrigin(cardNo, ask.init().keyVersion());
        Optional<Integer> mac1 = origin.flatMap(known -> keys.load().findMac(known, ask.init().random(), ask.init().onlineCounter(),
                PurseInput.loadMac1(ask.init().oldBalance(), ask.order().amount(), LOAD_TYPE, ask.terminal())));
        Instant now = clock.instant();
        boolean isNew = register.loads().find(order).isEmpty();
        if (mac1.isEmpty() || (isNew && keys.load().isRetired(origin.orElseThrow(), LocalDate.ofInstant(now, CHINA)))) {
            return new LoadAnswer.No(order, PaymentRefusal.CARD_UNKNOWN);
        }
        if (mac1.get() != ask.mac1()) {
            LOG.warn("MAC1 of card {} at terminal {} is not its own", cardNo, ask.terminal().hex());
            return new LoadAnswer.No(order, PaymentRefusal.MAC1_WRONG);
        }
        if (isNew) {
            settle(LoadProof.byCard(register.loads().listLatest(cardNo, ask.init().onlineCounter()), ask.terminal(), ask.init().onlineCounter()), now);
        }
        LoadTerms terms = new LoadTerms(ask.terminal(), ask.init(), EventTime.of(LocalDateTime.ofInstant(now, CHINA)));
        PaymentAnswer answer = corridor.take(Opening.ofLoad(terms, ask.call(), ask.order(), LIFETIME, now).because(ask.reason())).get();
        return switch (answer) {
            case PaymentAnswer.Refused refused -> new LoadAnswer.No(order, refused.reason());
            case PaymentAnswer.Done done -> go(load(done.order()), origin.orElseThrow());
        };
    }

    /** Ends a load with the TAC that the card answered to CREDIT FOR LOAD. A TAC that is not the card's proves nothing: the outcome
     *  is unknown then, and an alarm goes to the log. */
    public PaymentAnswer confirm(CallKey call, OrderId order, Tac tac) throws InterruptedException, ExecutionException {
        Optional<Loads.Load> found = register.loads().find(order);
        if (found.isEmpty()) {
            return new PaymentAnswer.Refused(order, PaymentRefusal.ORDER_UNKNOWN);
        }
        Loads.Load load = found.get();
        Instant now = clock.instant();
        if (!isTrue(tac, load)) {
            LOG.error("the TAC of load {} of card {} is not the card's: key or data error, or a forgery", order, load.cardNo());
            return corridor.take(Change.of(call, order, OrderEvent.LOSE, "not its TAC: " + tac, now)).get();
        }
        PaymentAnswer answer = corridor.take(Change.of(call, order, OrderEvent.PROVE_DONE, "TAC " + tac, now)).get();
        List<Loads.Load> latest = register.loads().listLatest(load.cardNo(), load.terms().init().onlineCounter());
        settle(LoadProof.byConfirmation(latest, load.terms().terminal()), now);
        return answer;
    }

    private boolean isTrue(Tac tac, Loads.Load load) {
        LoadTerms terms = load.terms();
        byte[] input = PurseInput.loadTac(terms.init().oldBalance().plus(load.amount()), terms.init().onlineCounter(), load.amount(), LOAD_TYPE,
                new PurseInput.TerminalTime(terms.terminal(), terms.hostTime()));
        return findOrigin(load.cardNo(), terms.init().keyVersion()).flatMap(origin -> keys.tac().findTac(origin, input))
                .filter(expected -> expected == tac.value()).isPresent();
    }

    private LoadAnswer go(Loads.Load load, CardKeys.Origin origin) {
        LoadTerms terms = load.terms();
        byte[] input = PurseInput.loadMac2(load.amount(), LOAD_TYPE, terms.terminal(), terms.hostTime());
        int mac2 = keys.load().findMac(origin, terms.init().random(), terms.init().onlineCounter(), input).orElseThrow();
        return new LoadAnswer.Go(load.order(), terms.hostTime(), mac2);
    }

    private void settle(List<LoadProof.Proven> proven, Instant now) throws InterruptedException, ExecutionException {
        for (LoadProof.Proven one : proven) {
            OrderId order = one.load().order();
            if (one.load().state() == OrderState.HELD) {
                corridor.take(Change.of(CallKey.ofHouse("load", order + "-lost"), order, OrderEvent.LOSE, "the card came again unconfirmed", now)).get();
            }
            corridor.take(Change.of(CallKey.ofHouse("load", order + "-" + one.event()), order, one.event(), "by the card's on-line counter", now)).get();
        }
    }

    private Loads.Load load(OrderId order) {
        return register.loads().find(order).orElseThrow(() -> new IllegalStateException("load " + order + " has no terms"));
    }

    private Optional<CardKeys.Origin> findOrigin(CardNo cardNo, int keyVersion) {
        return Optional.ofNullable(register.cards().readCards(List.of(cardNo)).get(cardNo)).map(CardMaster::profile)
                .map((KeyProfile profile) -> new CardKeys.Origin(profile.scheme(), profile.algorithm(), keyVersion, cardNo, profile.issuerId(), profile.city()));
    }
}
