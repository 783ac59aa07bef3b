package cn.onecard.engine.rail.unionpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.rail.iso8583.PosTransaction;
import cn.onecard.engine.rail.iso8583.ResponseCode;
import cn.onecard.vocabulary.Money;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every journal of a bank terminal does. */
abstract class TerminalJournalContract {
    private static final LinkSettings SETTINGS = new PosRig().settings();
    private static final BankAnswer ANSWER = new BankAnswer(ResponseCode.APPROVED, Optional.of("000000000017"), Optional.of("A00017"), Optional.of("1125"),
            Optional.of("1126"), Optional.of(Money.ofFen(500)), Optional.empty());

    private int legs;

    /** The journal of a new terminal; the same one as long as a test runs. */
    abstract TerminalJournal journal();

    /** The journal as a terminal finds it that starts anew. */
    abstract TerminalJournal reopened();

    @Test
    void journal_ofANewTerminal_isEmpty() {
        assertThat(journal().batch()).isEqualTo(1);
        assertThat(journal().listOpen()).isEmpty();
        assertThat(journal().listBatch(1)).isEmpty();
        assertThat(journal().find(new UUID(1, 1))).isEmpty();
    }

    @Test
    void nextTrace_alsoOfAReopenedJournal_countsOn() {
        assertThat(journal().nextTrace()).isEqualTo(1);
        assertThat(journal().nextTrace()).isEqualTo(2);
        assertThat(reopened().nextTrace()).isEqualTo(3);
    }

    @Test
    void openBatch_anyBatch_isTheOpenOne() {
        journal().openBatch(999_999);

        assertThat(reopened().batch()).isEqualTo(999_999);
    }

    @Test
    void begin_transaction_isFoundAsItWas() {
        BankTransaction sent = begin(BankState.SENT);

        assertThat(reopened().find(sent.leg())).hasValue(sent);
        assertThat(reopened().listOpen()).containsExactly(sent);
        assertThat(reopened().listBatch(1)).containsExactly(sent);
        assertThat(reopened().listBatch(2)).isEmpty();
    }

    @Test
    void begin_legThatHasOne_isRefused() {
        BankTransaction sent = begin(BankState.SENT);
        BankTransaction again = new BankTransaction(sent.leg(), sent.kind(), new BankTransaction.Place(1, journal().nextTrace()), sent.kept(), sent.progress(),
                Optional.empty());

        assertThatThrownBy(() -> journal().begin(again)).isInstanceOf(IllegalStateException.class).hasMessage("the leg has a transaction");
        assertThat(journal().listOpen()).containsExactly(sent);
    }

    @Test
    void change_toAnswered_isNoLongerOpen() {
        BankTransaction sent = begin(BankState.SENT);
        BankTransaction approved = sent.answered(ANSWER);
        journal().change(approved);

        assertThat(reopened().find(sent.leg())).hasValue(approved);
        assertThat(reopened().listOpen()).isEmpty();
        assertThat(reopened().listBatch(1)).containsExactly(approved);
    }

    @Test
    void change_toReversing_keepsReasonAndTries() {
        BankTransaction reversing = begin(BankState.SENT).reversing(ResponseCode.MAC_WRONG);
        journal().change(reversing);
        BankTransaction tried = reversing.triedOnce(3);
        journal().change(tried);

        assertThat(reopened().listOpen()).containsExactly(tried);
    }

    @Test
    void change_legThatHasNone_isRefused() {
        BankTransaction unknown = transaction(BankState.SENT, 1);

        assertThatThrownBy(() -> journal().change(unknown)).isInstanceOf(IllegalStateException.class).hasMessage("the leg has no transaction");
    }

    @Test
    void listOpen_several_areInTheirOrder() {
        BankTransaction first = begin(BankState.STORED);
        BankTransaction second = begin(BankState.SENT);
        BankTransaction third = begin(BankState.STORED);
        journal().change(second.ended(BankState.NOT_SENT));

        assertThat(journal().listOpen()).containsExactly(first, third);
        assertThat(journal().listBatch(1)).extracting(BankTransaction::leg).containsExactly(first.leg(), second.leg(), third.leg());
    }

    private BankTransaction begin(BankState state) {
        BankTransaction transaction = transaction(state, journal().nextTrace());
        journal().begin(transaction);
        return transaction;
    }

    private BankTransaction transaction(BankState state, int trace) {
        BankTransaction.Place place = new BankTransaction.Place(1, trace);
        BankRequest request = BankRequest.sale(new UUID(4, ++legs), PosRig.chipCard(), Money.ofFen(500));
        return new BankTransaction(request.leg(), PosTransaction.SALE, place, new PosMessages(SETTINGS).kept(request, place),
                BankTransaction.Progress.of(state), Optional.empty());
    }
}
