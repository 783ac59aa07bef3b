package cn.onecard.engine.rail.unionpay;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.partner.PartnerFault;
import cn.onecard.engine.rail.iso8583.PosTransaction;
import cn.onecard.vocabulary.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However the terminal is killed and whatever the host does wrong: what the terminal says came of a transaction is what happened to
 *  the bank card's account, and nothing is left open. */
class KilledTerminalTest {
    private static final int SPENT_OF_SCRIPT = 500 - 200;
    private static final List<PartnerFault> FAULTS = List.of(PartnerFault.values());

    /** Before and after everything that is written and sent, while a sale is made, partly refunded, and another voided. */
    @Test
    void script_killedAnywhere_leavesNothingInDoubt() {
        int at = 0;
        boolean reached = true;
        while (reached) {
            at++;
            PosRig rig = new PosRig();
            KillPoint point = new KillPoint(at);
            rig.killAt(point);
            Script script = new Script(rig);
            script.playToTheEnd();
            reached = point.isReached();
            script.check("killed at " + at);
        }
        assertThat(at).isGreaterThan(30);
    }

    /** The same, the host doing wrong at the n-th message. */
    @ParameterizedTest
    @EnumSource(PartnerFault.class)
    void script_hostDoesWrongAtAnyMessage_leavesNothingInDoubt(PartnerFault fault) {
        for (int at = 0; at < 12; at++) {
            PosRig rig = new PosRig();
            for (int good = 0; good < at; good++) {
                rig.fault(PartnerFault.NONE);
            }
            rig.fault(fault);
            Script script = new Script(rig);
            script.playToTheEnd();
            script.check(fault + " at message " + at);
        }
    }

    /** A sale of 500 of which 200 are refunded, and a sale of 70 that is voided. */
    private static final class Script {
        private final PosRig rig;
        private final BankRequest sale;
        private final BankRequest other;
        private final UUID refund;
        private final UUID undo;
        private PosTerminal terminal;

        private Script(PosRig rig) {
            this.rig = rig;
            this.terminal = rig.terminal();
            this.sale = rig.sale(500);
            this.other = rig.sale(70);
            this.refund = rig.leg();
            this.undo = rig.leg();
        }

        private void playToTheEnd() {
            boolean alive = false;
            while (!alive) {
                try {
                    play();
                    alive = true;
                } catch (KillPoint.Killed killed) {
                    terminal = rig.terminal();
                }
            }
            rig.noMoreFaults();
            assertThat(terminal.flush()).isTrue();
        }

        private void play() {
            if (terminal.transact(sale) instanceof BankOutcome.Done done) {
                terminal.transact(BankRequest.refund(refund, PosRig.chipCard(), done.transaction(), Money.ofFen(200)));
            }
            if (terminal.transact(other) instanceof BankOutcome.Done done) {
                terminal.transact(BankRequest.voidOf(undo, PosRig.chipCard(), done.transaction()));
            }
        }

        private void check(String what) {
            assertThat(rig.journal().listOpen()).as(what).isEmpty();
            long expected = said(sale.leg(), 500) + said(refund, -200) + said(other.leg(), 70) + said(undo, -70);
            assertThat(PosRig.BALANCE.minus(rig.host().balance(PosRig.CARD)).fen()).as(what).isEqualTo(expected).isBetween(0L, 570L);
        }

        /** What a leg moved, by the terminal's word. */
        private long said(UUID leg, long fen) {
            return switch (terminal.findOutcome(leg).orElse(new BankOutcome.NotDone(BankOutcome.Why.UNREACHABLE))) {
                case BankOutcome.Done done -> fen;
                case BankOutcome.Declined declined -> 0;
                case BankOutcome.NotDone none -> 0;
                case BankOutcome.Stored stored -> throw new AssertionError("still stored");
                case BankOutcome.Unknown unknown -> throw new AssertionError("still unknown");
                case BankOutcome.Case doubt -> throw new AssertionError("a case");
            };
        }
    }

    @Test
    void script_nothingWrong_movesWhatItShould() {
        PosRig rig = new PosRig();
        Script script = new Script(rig);
        script.playToTheEnd();

        assertThat(PosRig.BALANCE.minus(rig.host().balance(PosRig.CARD))).isEqualTo(Money.ofFen(SPENT_OF_SCRIPT));
    }

    /** A bad day from a seed: any transaction, any fault, any moment of death; then a settlement on which both sides agree. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void day_anyFaultsAndDeaths_everyLegIsWhatTheTerminalSays(long seed) {
        new BadDay(seed).play();
    }

    /** Two hundred transactions of a bad day. */
    private static final class BadDay {
        private final PosRig rig = new PosRig();
        private final SplittableRandom random;
        private final Map<UUID, BankRequest> asked = new TreeMap<>();
        private PosTerminal terminal = rig.terminal();

        private BadDay(long seed) {
            this.random = new SplittableRandom(seed);
        }

        private void play() {
            for (int i = 0; i < 200; i++) {
                BankRequest request = next();
                asked.put(request.leg(), request);
                rig.noMoreFaults();
                for (int messages = 0; messages < 4; messages++) {
                    rig.fault(random.nextInt(4) == 0 ? FAULTS.get(random.nextInt(FAULTS.size())) : PartnerFault.NONE);
                }
                rig.line().reach(random.nextInt(10) > 0);
                rig.killAt(new KillPoint(random.nextInt(5) == 0 ? 1 + random.nextInt(12) : 0));
                try {
                    terminal.transact(request);
                } catch (KillPoint.Killed killed) {
                    terminal = rig.terminal();
                }
            }
            rig.noMoreFaults();
            rig.line().reach(true);
            rig.killAt(new KillPoint(0));
            assertThat(terminal.flush()).isTrue();
            check();
        }

        private BankRequest next() {
            CardEntry card = random.nextBoolean() ? PosRig.chipCard() : PosRig.stripeCard();
            Money amount = Money.ofFen(1 + random.nextInt(500));
            List<BankTransaction> done = approved(PosTransaction.SALE);
            if (!done.isEmpty() && random.nextInt(3) == 0) {
                BankTransaction sale = done.get(random.nextInt(done.size()));
                return random.nextBoolean() ? BankRequest.voidOf(rig.leg(), card, sale) : BankRequest.refund(rig.leg(), card, sale, amount);
            }
            List<BankTransaction> held = approved(PosTransaction.PREAUTHORISATION);
            if (!held.isEmpty() && random.nextInt(3) == 0) {
                BankTransaction one = held.get(random.nextInt(held.size()));
                Money whole = one.kept().findMoney(4).orElseThrow();
                PosTransaction kind = random.nextBoolean() ? PosTransaction.COMPLETION : PosTransaction.PREAUTHORISATION_CANCEL;
                return new BankRequest(rig.leg(), kind, card, whole, Optional.of(one));
            }
            return random.nextInt(4) == 0 ? new BankRequest(rig.leg(), PosTransaction.PREAUTHORISATION, card, amount, Optional.empty())
                    : BankRequest.sale(rig.leg(), card, amount);
        }

        private List<BankTransaction> approved(PosTransaction kind) {
            return rig.journal().listBatch(rig.journal().batch()).stream().filter(one -> one.kind() == kind && one.state() == BankState.APPROVED).toList();
        }

        private void check() {
            Money spent = Money.ZERO;
            Money held = Money.ZERO;
            List<Money> doubtful = new ArrayList<>();
            for (BankRequest request : asked.values()) {
                BankOutcome outcome = terminal.findOutcome(request.leg()).orElse(new BankOutcome.NotDone(BankOutcome.Why.UNREACHABLE));
                assertThat(outcome).isNotInstanceOfAny(BankOutcome.Unknown.class, BankOutcome.Stored.class);
                if (outcome instanceof BankOutcome.Case) {
                    doubtful.add(request.amount());
                } else if (outcome instanceof BankOutcome.Done) {
                    spent = spent.plus(onBalance(request));
                    held = held.plus(onHeld(request));
                }
            }
            Money most = doubtful.stream().reduce(Money.ZERO, Money::plus);
            assertThat(doubtful).as("cases").hasSizeLessThan(10);
            assertThat(Math.abs(PosRig.BALANCE.minus(rig.host().balance(PosRig.CARD)).minus(spent).fen())).isLessThanOrEqualTo(most.fen());
            assertThat(Math.abs(rig.host().held(PosRig.CARD).minus(held).fen())).isLessThanOrEqualTo(most.fen());
            if (doubtful.isEmpty()) {
                assertThat(terminal.settle()).hasValueSatisfying(result -> assertThat(result.isBalanced()).isTrue());
                assertThat(rig.host().listDifferences()).isEmpty();
            }
        }

        private static Money onBalance(BankRequest request) {
            return switch (request.kind()) {
                case SALE, COMPLETION -> request.amount();
                case SALE_VOID, REFUND, COMPLETION_CANCEL -> request.amount().negated();
                case BALANCE, PREAUTHORISATION, PREAUTHORISATION_CANCEL -> Money.ZERO;
            };
        }

        private static Money onHeld(BankRequest request) {
            return switch (request.kind()) {
                case PREAUTHORISATION, COMPLETION_CANCEL -> request.amount();
                case PREAUTHORISATION_CANCEL, COMPLETION -> request.amount().negated();
                case BALANCE, SALE, SALE_VOID, REFUND -> Money.ZERO;
            };
        }
    }
}
