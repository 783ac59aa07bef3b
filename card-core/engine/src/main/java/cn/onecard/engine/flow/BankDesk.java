package cn.onecard.engine.flow;

import cn.onecard.engine.key.StorageKey;
import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderKind;
import cn.onecard.engine.order.OrderState;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.Outgoing;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.engine.outbox.FollowUp;
import cn.onecard.engine.rail.iso8583.Framing;
import cn.onecard.engine.rail.line.SocketLine;
import cn.onecard.engine.rail.unionpay.BankDescriptor;
import cn.onecard.engine.rail.unionpay.BankTerminalTable;
import cn.onecard.engine.rail.unionpay.BatchSettlement;
import cn.onecard.engine.rail.unionpay.CardEntry;
import cn.onecard.engine.rail.unionpay.LinkSettings;
import cn.onecard.engine.rail.unionpay.PosTerminal;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bank cards fill accounts (银行卡充值): the deposit is opened, the bank is asked for a sale, and what it says puts the money on the account
 *  or gives the deposit up. Reversals and advices go out between times, and every night the batches are settled. */
public final class BankDesk {
    /** How long a sale may wait to be sent. */
    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final Logger LOG = LoggerFactory.getLogger(BankDesk.class);

    private final BankDescriptor descriptor;
    private final List<PosTerminal> terminals;
    private final BankPartner partner;
    private final StorageKey key;
    private final Clock clock;
    /** The day whose batches were settled, or that on which the desk was opened. Written by the thread that attends. */
    private LocalDate settled;

    private BankDesk(BankDescriptor descriptor, List<PosTerminal> terminals, StorageKey key, Clock clock) {
        this.descriptor = descriptor;
        this.terminals = List.copyOf(terminals);
        this.partner = new BankPartner(terminals);
        this.key = key;
        this.clock = clock;
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), CHINA);
        this.settled = now.toLocalTime().isBefore(descriptor.settlementTime()) ? now.toLocalDate().minusDays(1) : now.toLocalDate();
    }

    /** Opens the terminals of a descriptor.
     *
     *  @param folder of the descriptor
     *  @param key what requests are sealed with */
    public static BankDesk open(BankDescriptor descriptor, Path folder, DSLContext dsl, StorageKey key, Clock clock) throws IOException {
        List<PosTerminal> terminals = new ArrayList<>();
        for (BankDescriptor.Terminal one : descriptor.terminals()) {
            LinkSettings settings = descriptor.settings(one);
            terminals.add(new PosTerminal(settings, descriptor.masterKey(one, folder), BankTerminalTable.open(dsl, settings, key, clock),
                    new SocketLine(descriptor.address(), Framing.POS, descriptor.connectPatience())));
        }
        return new BankDesk(descriptor, terminals, key, clock);
    }

    /** A deposit by bank card.
     *
     *  @param call who asks, and by which key; the card belongs to the key as much as the amount
     *  @param account which is filled
     *  @param card as it was read */
    public record Ask(CallKey call, AccountId account, Money amount, CardEntry card) {}

    /** How the partner desk deals with the bank: a terminal does one thing at a time. */
    public PartnerDesk.Terms terms() {
        Duration deadline = descriptor.connectPatience().plus(descriptor.answerPatience()).multipliedBy(6);     // with sign-on, reversal and their repetition
        return new PartnerDesk.Terms(partner, new FollowUp(deadline, Duration.ZERO, FollowUp.STANDARD.cutOff()), terminals.size());
    }

    /** Who the bank is in our books. */
    public PartyId party() {
        return descriptor.partyId();
    }

    /** Fills an account from a bank card. Asked again with the same key, it says what became of it. */
    public CompletableFuture<PaymentAnswer> deposit(PartnerDesk desk, Ask ask) throws InterruptedException {
        OrderId order = OrderId.of(ask.call());
        String which = ask.card() + " " + HexFormat.of().formatHex(key.tag(ask.card().pan().digits().getBytes(StandardCharsets.US_ASCII)));
        OrderTerms terms = new OrderTerms(OrderKind.DEPOSIT, ask.account(), party(), 0, ask.amount());
        partner.keep(order, ask.card(), ask.amount(), clock.instant(), LIFETIME.multipliedBy(2));
        return desk.pay(Opening.by(new Outgoing(BankPartner.NAME, which), ask.call(), terms, LIFETIME, clock.instant())).whenComplete((answer, failure) -> {
            if (answer instanceof PaymentAnswer.Refused || (answer instanceof PaymentAnswer.Done done && done.state() != OrderState.HELD)) {
                partner.forget(order);
            }
        });
    }

    /** Sends what is pending, and settles the batches when it is time. */
    public Repeating start(Duration pause) {
        return Repeating.start("bank-desk", pause, () -> {
            try {
                attend();
            } catch (DataAccessException e) {
                LOG.warn("the bank's terminals wait for another round", e);
            }
            return false;
        });
    }

    /** Sends what is pending; settles the batches of a day once its time has come. */
    void attend() {
        terminals.forEach(PosTerminal::flush);
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), CHINA);
        if (settled.isBefore(now.toLocalDate()) && !now.toLocalTime().isBefore(descriptor.settlementTime()) && settle().stream().allMatch(Optional::isPresent)) {
            settled = now.toLocalDate();
        }
    }

    /** Settles the open batch of every terminal.
     *
     *  @return for each terminal what came of it; empty if its batch could not be settled now, and stays open */
    public List<Optional<BatchSettlement.Result>> settle() {
        List<Optional<BatchSettlement.Result>> results = new ArrayList<>();
        for (int i = 0; i < terminals.size(); i++) {
            Optional<BatchSettlement.Result> result = terminals.get(i).settle();
            String terminal = descriptor.terminals().get(i).terminal();
            if (result.isEmpty()) {
                LOG.warn("the batch of terminal {} could not be settled now", terminal);
            } else if (!result.get().isBalanced()) {
                LOG.error("the bank counts batch {} of terminal {} otherwise than we do; {} transactions uploaded", result.get().batch(), terminal, result.get().uploaded());
            } else {
                LOG.info("batch {} of terminal {} is settled", result.get().batch(), terminal);
            }
            results.add(result);
        }
        return results;
    }
}
