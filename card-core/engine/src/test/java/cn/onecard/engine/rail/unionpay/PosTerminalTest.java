package cn.onecard.engine.rail.unionpay;

import static cn.onecard.engine.testing.RailsVectors.bytesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.key.MacMethod;
import cn.onecard.engine.key.PinKey;
import cn.onecard.engine.key.SignOnForm;
import cn.onecard.engine.key.TerminalMasterKey;
import cn.onecard.engine.key.WorkingKeys;
import cn.onecard.engine.partner.PartnerFault;
import cn.onecard.engine.rail.iso8583.PosTransaction;
import cn.onecard.engine.rail.iso8583.ResponseCode;
import cn.onecard.engine.rail.unionpay.BankOutcome.Why;
import cn.onecard.vocabulary.Money;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The terminal against a host that keeps the acquirers' rules, and breaks them where a test says so. */
class PosTerminalTest {
    private static final CardEntry CARD = PosRig.chipCard();

    private final PosRig rig = new PosRig();
    private final PosTerminal terminal = rig.terminal();

    @Test
    void transact_sale_isDoneOnceForOneLeg() {
        BankRequest sale = rig.sale(12_345);
        BankTransaction done = done(terminal.transact(sale));

        assertThat(done.answer()).hasValueSatisfying(answer -> {
            assertThat(answer.code()).isEqualTo(ResponseCode.APPROVED);
            assertThat(answer.reference()).isPresent();
            assertThat(answer.authorisation()).isPresent();
            assertThat(answer.date()).hasValue("1125");
        });
        assertThat(terminal.transact(sale)).isEqualTo(new BankOutcome.Done(done));
        assertThat(terminal.findOutcome(sale.leg())).hasValue(new BankOutcome.Done(done));
        assertThat(terminal.findOutcome(rig.leg())).isEmpty();
        assertThat(spent()).isEqualTo(12_345);
    }

    @ParameterizedTest
    @CsvSource({"CUP_ECB_DES, SINGLE", "CUP_ECB_3DES, DOUBLE", "CUP_ECB_3DES, DOUBLE_WITH_TRACK_KEY", "X919_RAW8, DOUBLE", "X919_HEX8, DOUBLE", "CBC_DES, SINGLE",
        "CUP_ECB_SM4, SM4", "CBC_SM4_RAW8, SM4", "CBC_SM4_HEX8, SM4"})
    void transact_saleWithPin_isDoneUnderEveryMethod(MacMethod method, SignOnForm form) {
        PosRig other = new PosRig(method, form);
        CardEntry right = withPin(PosRig.PIN);
        CardEntry wrong = withPin("654321");

        assertThat(other.terminal().transact(BankRequest.sale(other.leg(), right, Money.ofFen(5)))).isInstanceOf(BankOutcome.Done.class);
        assertThat(other.terminal().transact(BankRequest.sale(other.leg(), wrong, Money.ofFen(5)))).isEqualTo(new BankOutcome.Declined(ResponseCode.WRONG_PIN));
    }

    @Test
    void transact_pinOfAnotherCard_isNotSent() {
        CardEntry.Pin pin = withPin(PosRig.PIN).pin().orElseThrow();
        CardEntry mixed = new CardEntry(PosRig.OTHER_CARD, "05", CARD.face(), List.of(), Optional.of(pin));

        assertThat(terminal.transact(BankRequest.sale(rig.leg(), mixed, Money.ofFen(5)))).isEqualTo(new BankOutcome.NotDone(Why.PIN_UNREADABLE));
    }

    @Test
    void transact_moreThanThereIs_isDeclined() {
        assertThat(terminal.transact(rig.sale(100_001))).isEqualTo(new BankOutcome.Declined(ResponseCode.INSUFFICIENT_FUNDS));
        assertThat(spent()).isZero();
    }

    @Test
    void transact_balance_movesNothing() {
        BankOutcome outcome = terminal.transact(new BankRequest(rig.leg(), PosTransaction.BALANCE, CARD, Money.ZERO, Optional.empty()));

        assertThat(done(outcome).answer().flatMap(BankAnswer::balance)).hasValue(PosRig.BALANCE);
        rig.fault(PartnerFault.DROP_AFTER);
        assertThat(terminal.transact(new BankRequest(rig.leg(), PosTransaction.BALANCE, CARD, Money.ZERO, Optional.empty())))
                .isEqualTo(new BankOutcome.NotDone(Why.NO_ANSWER));
        assertThat(rig.journal().listOpen()).isEmpty();
    }

    @Test
    void transact_voidOfASale_givesItBack() {
        BankTransaction sale = done(terminal.transact(rig.sale(500)));

        done(terminal.transact(BankRequest.voidOf(rig.leg(), CARD, sale)));
        assertThat(spent()).isZero();
        assertThat(terminal.transact(BankRequest.voidOf(rig.leg(), CARD, sale))).isEqualTo(new BankOutcome.Declined(ResponseCode.ORIGINAL_NOT_FOUND));
    }

    @Test
    void transact_refunds_neverExceedTheSale() {
        BankTransaction sale = done(terminal.transact(rig.sale(500)));
        rig.pass(Duration.ofDays(3));
        CardEntry byHand = CardEntry.byHand(PosRig.CARD);

        done(terminal.transact(BankRequest.refund(rig.leg(), byHand, sale, Money.ofFen(300))));
        assertThat(terminal.transact(BankRequest.refund(rig.leg(), byHand, sale, Money.ofFen(201)))).isEqualTo(new BankOutcome.Declined(ResponseCode.LIMIT_EXCEEDED));
        done(terminal.transact(BankRequest.refund(rig.leg(), byHand, sale, Money.ofFen(200))));
        assertThat(spent()).isZero();
        rig.pass(Duration.ofDays(40));
        assertThat(terminal.transact(BankRequest.refund(rig.leg(), byHand, sale, Money.ofFen(1)))).isEqualTo(new BankOutcome.Declined(ResponseCode.WINDOW_OVER));
    }

    @Test
    void transact_preauthorisation_isCompletedWithinItsBounds() {
        BankTransaction held = done(terminal.transact(request(PosTransaction.PREAUTHORISATION, 1_000, null)));
        assertThat(rig.host().held(PosRig.CARD)).isEqualTo(Money.ofFen(1_000));

        assertThat(terminal.transact(request(PosTransaction.COMPLETION, 1_151, held))).isEqualTo(new BankOutcome.Declined(ResponseCode.ORIGINAL_AMOUNT_WRONG));
        BankTransaction completed = done(terminal.transact(request(PosTransaction.COMPLETION, 1_150, held)));
        assertThat(rig.host().held(PosRig.CARD)).isEqualTo(Money.ZERO);
        assertThat(spent()).isEqualTo(1_150);

        done(terminal.transact(request(PosTransaction.COMPLETION_CANCEL, 1_150, completed)));
        assertThat(rig.host().held(PosRig.CARD)).isEqualTo(Money.ofFen(1_000));
        assertThat(spent()).isZero();
    }

    @Test
    void transact_preauthorisationCancelled_isFree() {
        BankTransaction held = done(terminal.transact(request(PosTransaction.PREAUTHORISATION, 1_000, null)));

        done(terminal.transact(request(PosTransaction.PREAUTHORISATION_CANCEL, 1_000, held)));
        assertThat(rig.host().held(PosRig.CARD)).isEqualTo(Money.ZERO);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # what the host does to the sale,  what came of it,  what is spent
        NONE,         DONE,      500
        SLOW,         REVERSED,  0
        DROP_BEFORE,  REVERSED,  0
        DROP_AFTER,   REVERSED,  0
        GARBAGE,      REVERSED,  0
        TWICE,        DONE,      500
        OTHERS,       REVERSED,  0
        WRONG_MAC,    REVERSED,  0
        FORGET_KEYS,  REVERSED,  0
        """)
    void transact_hostDoesWrong_endsCertain(PartnerFault fault, String outcome, long spent) {
        terminal.signOn();
        rig.fault(fault);
        BankRequest sale = rig.sale(500);
        BankOutcome first = terminal.transact(sale);

        if (outcome.equals("DONE")) {
            assertThat(first).isInstanceOf(BankOutcome.Done.class);
        } else {
            assertThat(first).isEqualTo(new BankOutcome.NotDone(Why.REVERSED));
        }
        assertThat(spent()).isEqualTo(spent);
        assertThat(done(terminal.transact(rig.sale(1))).answer()).isPresent();
    }

    @Test
    void transact_hostOutOfReach_leavesNothingBehind() {
        terminal.signOn();
        rig.line().reach(false);
        BankRequest sale = rig.sale(500);

        assertThat(terminal.transact(sale)).isEqualTo(new BankOutcome.NotDone(Why.UNREACHABLE));
        assertThat(rig.journal().listOpen()).isEmpty();
        rig.line().reach(true);
        assertThat(terminal.transact(sale)).isEqualTo(new BankOutcome.NotDone(Why.UNREACHABLE));
    }

    @Test
    void transact_reversalPending_goesFirst() {
        terminal.signOn();
        rig.fault(PartnerFault.DROP_AFTER, PartnerFault.DROP_BEFORE);
        BankRequest sale = rig.sale(500);
        assertThat(terminal.transact(sale)).isEqualTo(new BankOutcome.Unknown());
        assertThat(spent()).isEqualTo(500);

        rig.line().reach(false);
        assertThat(terminal.transact(rig.sale(1))).isEqualTo(new BankOutcome.NotDone(Why.REVERSAL_PENDING));
        assertThat(terminal.findOutcome(sale.leg())).hasValue(new BankOutcome.Unknown());
        rig.line().reach(true);
        done(terminal.transact(rig.sale(1)));
        assertThat(terminal.findOutcome(sale.leg())).hasValue(new BankOutcome.NotDone(Why.REVERSED));
        assertThat(spent()).isEqualTo(1);
    }

    @Test
    void transact_reversalsUsedUp_isACase() {
        terminal.signOn();
        rig.fault(PartnerFault.DROP_AFTER, PartnerFault.DROP_BEFORE, PartnerFault.DROP_BEFORE, PartnerFault.DROP_BEFORE);
        BankRequest sale = rig.sale(500);

        assertThat(terminal.transact(sale)).isEqualTo(new BankOutcome.Unknown());
        assertThat(terminal.flush()).isFalse();
        assertThat(terminal.flush()).isTrue();
        assertThat(terminal.findOutcome(sale.leg())).hasValue(new BankOutcome.Case());
        done(terminal.transact(rig.sale(1)));
    }

    @Test
    void transact_reversalOfAnotherDay_isACaseAtOnce() {
        terminal.signOn();
        rig.line().killAt(new KillPoint(2));
        BankRequest sale = rig.sale(500);
        assertThatThrownBy(() -> terminal.transact(sale)).isInstanceOf(KillPoint.Killed.class);
        rig.line().killAt(new KillPoint(0));
        rig.pass(Duration.ofDays(1));
        PosTerminal later = rig.terminal();

        assertThat(later.flush()).isTrue();
        assertThat(later.findOutcome(sale.leg())).hasValue(new BankOutcome.Case());
    }

    @Test
    void transact_reversalsAnswerLost_isKnownToBeReversed() {
        terminal.signOn();
        rig.fault(PartnerFault.DROP_AFTER, PartnerFault.DROP_AFTER);
        BankRequest sale = rig.sale(500);
        assertThat(terminal.transact(sale)).isEqualTo(new BankOutcome.Unknown());

        assertThat(terminal.flush()).isTrue();
        assertThat(terminal.findOutcome(sale.leg())).hasValue(new BankOutcome.NotDone(Why.REVERSED));
        assertThat(spent()).isZero();
    }

    @Test
    void transact_refundWithoutAnswer_isSentUntilAnswered() {
        BankTransaction sale = done(terminal.transact(rig.sale(500)));
        rig.fault(PartnerFault.DROP_AFTER);
        BankRequest refund = BankRequest.refund(rig.leg(), CARD, sale, Money.ofFen(200));

        assertThat(terminal.transact(refund)).isEqualTo(new BankOutcome.Stored());
        rig.noMoreFaults();
        done(terminal.transact(rig.sale(1)));
        assertThat(terminal.findOutcome(refund.leg())).hasValue(new BankOutcome.Stored());
        assertThat(terminal.flush()).isTrue();
        assertThat(terminal.findOutcome(refund.leg()).orElseThrow()).isInstanceOf(BankOutcome.Done.class);
        assertThat(spent()).isEqualTo(301);
    }

    @Test
    void signOn_hostRefusesOrSendsWrongKeys_isNotSignedOn() {
        PosTerminal stranger = new PosTerminal(rig.settings(), TerminalMasterKey.ofTdes(List.of(new byte[16], new byte[16])), rig.journal(), rig.line());

        assertThat(stranger.signOn()).isFalse();
        assertThat(stranger.transact(rig.sale(5))).isEqualTo(new BankOutcome.NotDone(Why.NOT_SIGNED_ON));
        rig.fault(PartnerFault.GARBAGE);
        assertThat(terminal.signOn()).isFalse();
        assertThat(terminal.signOn()).isTrue();
        assertThat(terminal.echo()).isTrue();
    }

    @Test
    void signOff_thenSale_signsOnToTheNextBatch() {
        done(terminal.transact(rig.sale(5)));
        assertThat(terminal.signOff()).isTrue();
        done(terminal.transact(rig.sale(6)));

        assertThat(rig.journal().batch()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(value = PosTransaction.class, names = {"SALE", "PREAUTHORISATION"})
    void request_withAnOriginal_isRefused(PosTransaction kind) {
        BankTransaction sale = done(terminal.transact(rig.sale(5)));

        assertThatThrownBy(() -> request(kind, 5, sale)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request(PosTransaction.REFUND, 5, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rig.sale(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toString_everythingOfASale_showsNoCardNumber() {
        BankRequest sale = BankRequest.sale(rig.leg(), withPin(PosRig.PIN), Money.ofFen(5));

        assertThat(sale + " " + terminal.transact(sale)).doesNotContain("6212340000000000012").doesNotContain("3012");
    }

    private BankRequest request(PosTransaction kind, long fen, @Nullable BankTransaction original) {
        return new BankRequest(rig.leg(), kind, CARD, Money.ofFen(fen), Optional.ofNullable(original));
    }

    private long spent() {
        return PosRig.BALANCE.minus(rig.host().balance(PosRig.CARD)).fen();
    }

    /** A card and a PIN as a PIN pad of ours sends it, under a key of its own. */
    private static CardEntry withPin(String pin) {
        TerminalMasterKey pad = TerminalMasterKey.ofTdes(List.of(bytesOf("00112233445566778899AABBCCDDEEFF"), new byte[16]));
        WorkingKeys keys = pad.issue(SignOnForm.DOUBLE, new SplittableRandom(7)).keys();
        PinKey padKey = keys.pin();
        byte[] block = padKey.encipher(pin.toCharArray(), PosRig.CARD.digits());
        return new CardEntry(PosRig.CARD, "05", CARD.face(), CARD.chip(), Optional.of(new CardEntry.Pin(block, padKey)));
    }

    private static BankTransaction done(BankOutcome outcome) {
        assertThat(outcome).isInstanceOf(BankOutcome.Done.class);
        return ((BankOutcome.Done) outcome).transaction();
    }
}
