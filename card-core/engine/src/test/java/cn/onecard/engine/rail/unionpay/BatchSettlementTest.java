package cn.onecard.engine.rail.unionpay;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.partner.PartnerFault;
import cn.onecard.engine.rail.iso8583.Field48Totals;
import cn.onecard.vocabulary.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A batch is settled once, whether the totals agree or not, and whatever breaks in between. */
class BatchSettlementTest {
    private final PosRig rig = new PosRig();
    private final PosTerminal terminal = rig.terminal();

    @Test
    void settle_bothAgree_uploadsTheChipsAndOpensTheNextBatch() {
        sales(3, PosRig.chipCard());
        sales(10, PosRig.stripeCard());
        BatchSettlement.Result result = terminal.settle().orElseThrow();

        assertThat(result.isBalanced()).isTrue();
        assertThat(result.batch()).isEqualTo(1);
        assertThat(result.ours().domestic()).isEqualTo(new Field48Totals.Side(Money.ofFen(130), 13, Money.ZERO, 0, Field48Totals.Verdict.ASKED));
        assertThat(result.uploaded()).isEqualTo(3);
        assertThat(rig.host().listDifferences()).isEmpty();
        sales(1, PosRig.chipCard());
        assertThat(rig.journal().batch()).isEqualTo(2);
        assertThat(terminal.settle()).hasValueSatisfying(next -> assertThat(next.batch()).isEqualTo(2));
    }

    @Test
    void settle_voidsAndRefunds_countOnTheOtherSide() {
        List<BankTransaction> sales = sales(2, PosRig.stripeCard());
        terminal.transact(BankRequest.voidOf(rig.leg(), PosRig.stripeCard(), sales.get(0)));
        terminal.transact(BankRequest.refund(rig.leg(), PosRig.stripeCard(), sales.get(1), Money.ofFen(4)));

        assertThat(terminal.settle()).hasValueSatisfying(result -> {
            assertThat(result.ours().domestic()).isEqualTo(new Field48Totals.Side(Money.ofFen(20), 2, Money.ofFen(14), 2, Field48Totals.Verdict.ASKED));
            assertThat(result.isBalanced()).isTrue();
        });
    }

    @Test
    void settle_emptyBatch_isSettledToo() {
        assertThat(terminal.settle()).hasValueSatisfying(result -> assertThat(result.uploaded()).isZero());
    }

    @Test
    void settle_terminalHasLostATransaction_uploadsAllAndTheHostFindsIt() {
        sales(9, PosRig.stripeCard());
        BankTransaction chip = sales(1, PosRig.chipCard()).get(0);
        BankTransaction lost = sales(1, PosRig.chipCard()).get(0);
        rig.journal().lose(lost.leg());
        BatchSettlement.Result result = terminal.settle().orElseThrow();

        assertThat(result.isBalanced()).isFalse();
        assertThat(result.host().domestic().debit()).isEqualTo(Money.ofFen(110));
        assertThat(result.uploaded()).isEqualTo(10);
        assertThat(chip.state()).isEqualTo(BankState.APPROVED);
        assertThat(rig.host().listDifferences()).containsExactly("batch 1, trace " + lost.place().trace() + ": known and not uploaded");
    }

    @Test
    void settle_brokenOffAnywhere_isSettledOnceInTheEnd() {
        for (int at = 0; at < 6; at++) {
            PosRig other = new PosRig();
            PosTerminal broken = other.terminal();
            for (int i = 0; i < 3; i++) {
                broken.transact(other.sale(10));
            }
            for (int good = 0; good < at; good++) {
                other.fault(PartnerFault.NONE);
            }
            other.fault(PartnerFault.DROP_AFTER);
            Optional<BatchSettlement.Result> result = broken.settle();
            if (result.isEmpty()) {
                result = broken.settle();
            }
            assertThat(result).as("broken off at message %d", at).hasValueSatisfying(settled -> {
                assertThat(settled.isBalanced()).isTrue();
                assertThat(settled.batch()).isEqualTo(1);
            });
            assertThat(other.host().listDifferences()).as("broken off at message %d", at).isEmpty();
            assertThat(broken.transact(other.sale(10))).isInstanceOf(BankOutcome.Done.class);
            assertThat(other.journal().batch()).isEqualTo(2);
        }
    }

    private List<BankTransaction> sales(int count, CardEntry card) {
        List<BankTransaction> done = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BankOutcome outcome = terminal.transact(BankRequest.sale(rig.leg(), card, Money.ofFen(10)));
            assertThat(outcome).isInstanceOfSatisfying(BankOutcome.Done.class, one -> done.add(one.transaction()));
        }
        return done;
    }
}
