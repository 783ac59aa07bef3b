package cn.onecard.engine.flow;

import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.MessageOutcome;
import cn.onecard.engine.order.MessageState;
import cn.onecard.engine.order.OrderEvent;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.engine.order.PaymentRequest.Change;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.engine.outbox.FollowUp;
import cn.onecard.engine.outbox.Outbox;
import cn.onecard.engine.outbox.Partner;
import cn.onecard.engine.outbox.PartnerAnswer;
import cn.onecard.engine.outbox.PartnerMessage;
import cn.onecard.vocabulary.Money;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Payments that a partner decides: the money is held and the message written down in one commit, the partner is told, and what it
 *  answers is committed with the capture or the release that follows.
 *
 *  <p><b>Once.</b> Before the first byte leaves, the message is marked as sent; of several nodes, one can do that. A message so marked
 *  is never sent again, unless the connector swears that nothing left. If its sender dies, another node takes it for unknown.
 *
 *  <p><b>Unknown.</b> The money stays held; the partner is asked as its {@link FollowUp} says, and in the end its statement decides.
 *
 *  <p><b>Away.</b> While a partner cannot be called the message waits, until its time is over and the hold is given back. */
public final class PartnerDesk {
    /** Attended to at once, for each partner. */
    static final int MOST = 500;
    private static final int LONGEST_REASON = 80;
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(PartnerDesk.class);

    private final Map<String, PartnerLine> lines;
    private final Outbox outbox;
    private final PaymentCorridor corridor;
    private final Clock clock;

    /** How a partner is dealt with.
     *
     *  @param callsAtOnce how many calls may be under way, at least 1 */
    public record Terms(Partner partner, FollowUp followUp, int callsAtOnce) {}

    public PartnerDesk(List<Terms> partners, Outbox outbox, PaymentCorridor corridor, Clock clock) {
        this.lines = partners.stream().collect(Collectors.toUnmodifiableMap(terms -> terms.partner().name(), terms -> new PartnerLine(terms, clock)));
        this.outbox = outbox;
        this.corridor = corridor;
        this.clock = clock;
    }

    /** Opens an order that a partner decides, and tells the partner if it can be told now.
     *
     *  @return captured or voided, as the partner says; unknown; or held, if the message waits or somebody is at it already */
    public CompletableFuture<PaymentAnswer> pay(Opening opening) throws InterruptedException {
        PartnerLine line = line(opening.outgoing().orElseThrow(() -> new IllegalArgumentException("nobody decides order " + opening.order())).partner());
        return corridor.take(opening).thenCompose(answer -> answer instanceof PaymentAnswer.Refused ? CompletableFuture.completedFuture(answer)
                : on(line, () -> outbox.find(opening.order()).filter(message -> message.state() == MessageState.WAITING)
                        .flatMap(message -> attendTo(line, message)).orElse(answer)));
    }

    /** Attends to everything that is due now: sends what waits, asks about what is unknown.
     *
     *  @return for each message the answer of its order, or empty if that did not change */
    public List<CompletableFuture<Optional<PaymentAnswer>>> sweep() {
        List<CompletableFuture<Optional<PaymentAnswer>>> all = new ArrayList<>();
        lines.forEach((name, line) -> outbox.listDue(name, clock.instant(), MOST).forEach(message -> all.add(on(line, () -> attendTo(line, message)))));
        return all;
    }

    /** Sweeps again and again, without waiting for any partner. */
    public Repeating start(Duration pause) {
        return Repeating.start("partner-desk", pause, () -> {
            sweepOrReport();
            return false;
        });
    }

    /** Breaks off the calls that are under way; whoever sweeps next settles them. */
    public void stop() {
        lines.values().forEach(line -> line.threads().shutdownNow());
    }

    /** Ends an unknown order by the partner's statement.
     *
     *  @param listed whether the statement has it
     *  @param evidence where it stands, at most 80 characters */
    public PaymentAnswer decideByStatement(OrderId order, boolean listed, String evidence) throws InterruptedException, ExecutionException {
        Optional<PartnerMessage> found = outbox.find(order);
        if (found.isEmpty()) {
            return new PaymentAnswer.Refused(order, PaymentRefusal.ORDER_UNKNOWN);
        }
        PartnerMessage message = found.get();
        MessageOutcome outcome = MessageOutcome.last(message.number(), listed ? MessageState.CONFIRMED : MessageState.REJECTED);
        OrderEvent event = listed ? OrderEvent.PROVE_DONE : OrderEvent.PROVE_UNDONE;
        CallKey key = CallKey.ofHouse("statement", order + "-" + clock.instant().toEpochMilli());
        return corridor.take(new Change(key, order, event, Optional.empty(), evidence, Optional.of(outcome), clock.instant())).get();
    }

    private Optional<PaymentAnswer> attendTo(PartnerLine line, PartnerMessage message) {
        try {
            Instant now = clock.instant();
            return switch (message.state()) {
                case WAITING -> now.isBefore(message.times().withdrawAt()) ? send(line, message, now) : withdraw(message);
                case WITHDRAWN -> Optional.of(giveUp(message));
                case SENT -> Optional.of(lose(line, message, "its sender did not live to see the answer"));
                case UNKNOWN -> ask(line, message, now);
                case CONFIRMED, REJECTED, AWAITING_STATEMENT -> Optional.empty();
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }

    private Optional<PaymentAnswer> send(PartnerLine line, PartnerMessage message, Instant now) throws InterruptedException, ExecutionException {
        Optional<PartnerLine.Permit> permit = line.findPermit().filter(one -> claimed(one, () -> outbox.claimSending(message, now, line.followUp().abandoned(now))));
        if (permit.isEmpty()) {
            return Optional.empty();
        }
        return switch (permit.get().act(message)) {
            case PartnerAnswer.Confirmed confirmed -> Optional.of(capture(line, message, confirmed));
            case PartnerAnswer.Rejected rejected ->
                Optional.of(release(message, OrderEvent.VOID, "the partner refuses: " + rejected.code(), MessageState.REJECTED));
            case PartnerAnswer.NotSent notSent -> {
                LOG.info("a message to {} waits: {}", message.partner(), notSent.why());
                outbox.unsend(message, clock.instant().plus(WAIT));
                yield Optional.empty();
            }
            case PartnerAnswer.Unknown unknown -> Optional.of(lose(line, message, unknown.why()));
            case PartnerAnswer.NotFound() -> Optional.of(lose(line, message, "the partner does not know it"));
            case PartnerAnswer.Processing() -> Optional.of(lose(line, message, "the partner is at it"));
        };
    }

    private Optional<PaymentAnswer> ask(PartnerLine line, PartnerMessage message, Instant now) throws InterruptedException, ExecutionException {
        if (line.followUp().isOver(message, now)) {
            outbox.awaitStatement(message);
            return Optional.empty();
        }
        Optional<PartnerLine.Permit> permit = line.findPermit().filter(one -> claimed(one, () -> outbox.claimAsking(message, line.followUp().nextAsk(message.inquiry().asked() + 1, now))));
        if (permit.isEmpty()) {
            return Optional.empty();
        }
        return switch (permit.get().ask(message)) {
            case PartnerAnswer.Confirmed confirmed -> Optional.of(settle(message, OrderEvent.PROVE_DONE, confirmed.amount(), "the partner says so",
                    new MessageOutcome(message.number(), MessageState.CONFIRMED, confirmed.reference(), confirmed.fulfilment(), Optional.empty())));
            case PartnerAnswer.Rejected rejected ->
                Optional.of(release(message, OrderEvent.PROVE_UNDONE, "the partner says: " + rejected.code(), MessageState.REJECTED));
            case PartnerAnswer.NotFound() -> {
                if (line.followUp().isGone(message, now)) {
                    yield Optional.of(release(message, OrderEvent.PROVE_UNDONE, "the partner does not know it, again", MessageState.REJECTED));
                }
                outbox.noteNotFound(message);
                yield Optional.empty();
            }
            case PartnerAnswer.Processing(), PartnerAnswer.Unknown(_), PartnerAnswer.NotSent(_) -> Optional.empty();
        };
    }

    private Optional<PaymentAnswer> withdraw(PartnerMessage message) throws InterruptedException, ExecutionException {
        return outbox.withdraw(message) ? Optional.of(giveUp(message)) : Optional.empty();
    }

    private PaymentAnswer giveUp(PartnerMessage message) throws InterruptedException, ExecutionException {
        return release(message, OrderEvent.VOID, "it could not be sent in time", MessageState.WITHDRAWN);
    }

    /** What a partner did and the order cannot take, such as more than was held, is unknown to us: somebody must look at it. */
    private PaymentAnswer capture(PartnerLine line, PartnerMessage message, PartnerAnswer.Confirmed confirmed) throws InterruptedException, ExecutionException {
        PaymentAnswer answer = settle(message, OrderEvent.CAPTURE, confirmed.amount(), "",
                new MessageOutcome(message.number(), MessageState.CONFIRMED, confirmed.reference(), confirmed.fulfilment(), Optional.empty()));
        return answer instanceof PaymentAnswer.Refused refused ? lose(line, message, "the partner did it, and the order says " + refused.reason()) : answer;
    }

    private PaymentAnswer release(PartnerMessage message, OrderEvent event, String why, MessageState state) throws InterruptedException, ExecutionException {
        return settle(message, event, Optional.empty(), why, MessageOutcome.last(message.number(), state));
    }

    private PaymentAnswer lose(PartnerLine line, PartnerMessage message, String why) throws InterruptedException, ExecutionException {
        Optional<Instant> due = Optional.of(line.followUp().nextAsk(0, clock.instant()));
        return settle(message, OrderEvent.LOSE, Optional.empty(), why, new MessageOutcome(message.number(), MessageState.UNKNOWN, "", "", due));
    }

    private PaymentAnswer settle(PartnerMessage message, OrderEvent event, Optional<Money> amount, String why, MessageOutcome outcome)
            throws InterruptedException, ExecutionException {
        CallKey key = CallKey.ofHouse("partner", message.order() + "-" + message.number() + "-" + event + "-" + message.inquiry().asked());
        String reason = why.replace('\0', ' ').substring(0, Math.min(LONGEST_REASON, why.length()));
        return corridor.take(new Change(key, message.order(), event, amount, reason, Optional.of(outcome), clock.instant())).get();
    }

    private PartnerLine line(String partner) {
        return Optional.ofNullable(lines.get(partner)).orElseThrow(() -> new IllegalArgumentException("there is no partner " + partner));
    }

    private void sweepOrReport() {
        try {
            sweep().forEach(one -> one.exceptionally(failed -> {
                LOG.warn("a message waits for the next sweep", failed);
                return Optional.empty();
            }));
        } catch (DataAccessException e) {
            LOG.warn("messages to partners wait for the next sweep", e);
        }
    }

    /** Claims a message, or gives the permit back. */
    private static boolean claimed(PartnerLine.Permit permit, BooleanSupplier claim) {
        boolean mine = false;
        try {
            mine = claim.getAsBoolean();
        } finally {
            if (!mine) {
                permit.release();
            }
        }
        return mine;
    }

    private static <T> CompletableFuture<T> on(PartnerLine line, Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, line.threads());
    }
}
