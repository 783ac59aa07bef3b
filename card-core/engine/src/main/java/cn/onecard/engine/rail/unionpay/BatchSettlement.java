package cn.onecard.engine.rail.unionpay;

import cn.onecard.engine.rail.iso8583.Field48Totals;
import cn.onecard.engine.rail.iso8583.Field48Upload;
import cn.onecard.engine.rail.iso8583.Field60;
import cn.onecard.engine.rail.iso8583.MalformedMessage;
import cn.onecard.engine.rail.iso8583.Message;
import cn.onecard.engine.rail.iso8583.PosTransaction;
import cn.onecard.engine.rail.iso8583.ResponseCode;
import cn.onecard.vocabulary.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The settlement of one batch (批结算): totals are compared; chip transactions are uploaded in any case, the others if the totals
 *  differ; an end message says how many came, even if none did; the next batch is opened.
 *
 *  <p>What is in the batch is what was approved. A void does not take its sale out: it counts on the other side. */
public final class BatchSettlement {
    private static final Set<PosTransaction> DEBIT = Set.of(PosTransaction.COMPLETION, PosTransaction.SALE);
    private static final Set<PosTransaction> CREDIT = Set.of(PosTransaction.COMPLETION_CANCEL, PosTransaction.SALE_VOID, PosTransaction.REFUND);
    private static final Set<String> CHIP_MODES = Set.of("05", "07", "95", "98");
    private static final int MAX_LIST = 8;
    private static final int MAX_BATCH = 999_999;

    private final TerminalJournal journal;
    private final PosMessages messages;
    private final HostDialogue dialogue;

    BatchSettlement(TerminalJournal journal, PosMessages messages, HostDialogue dialogue) {
        this.journal = journal;
        this.messages = messages;
        this.dialogue = dialogue;
    }

    /** What came of a settlement.
     *
     *  @param batch which batch
     *  @param ours our totals
     *  @param host the host's totals, with its verdict
     *  @param uploaded how many transactions the host took */
    public record Result(int batch, Field48Totals ours, Field48Totals host, int uploaded) {
        /** Whether both sides agree. */
        public boolean isBalanced() {
            return host.domestic().verdict() == Field48Totals.Verdict.BALANCED && host.foreign().verdict() == Field48Totals.Verdict.BALANCED;
        }
    }

    /** Settles. Empty if the host did not answer: the same batch is then settled again. */
    Optional<Result> settle() {
        int batch = journal.batch();
        List<BankTransaction> approved = journal.listBatch(batch).stream().filter(one -> one.state() == BankState.APPROVED)
                .filter(one -> DEBIT.contains(one.kind()) || CREDIT.contains(one.kind())).toList();
        Field48Totals ours = new Field48Totals(total(approved), Field48Totals.Side.EMPTY);
        if (!(dialogue.ask(messages.settlement(journal.nextTrace(), batch, ours)) instanceof Reply.Answer answer)) {
            return Optional.empty();
        }
        Field48Totals host;
        try {
            host = Field48Totals.of(answer.message());
        } catch (MalformedMessage e) {
            return Optional.empty();
        }
        Result compared = new Result(batch, ours, host, 0);
        Optional<Integer> uploaded = upload(compared, approved);
        uploaded.ifPresent(count -> journal.openBatch(batch == MAX_BATCH ? 1 : batch + 1));
        return uploaded.map(count -> new Result(batch, ours, host, count));
    }

    private static Field48Totals.Side total(List<BankTransaction> approved) {
        List<BankTransaction> debits = approved.stream().filter(one -> DEBIT.contains(one.kind())).toList();
        List<BankTransaction> credits = approved.stream().filter(one -> CREDIT.contains(one.kind())).toList();
        return new Field48Totals.Side(sum(debits), debits.size(), sum(credits), credits.size(), Field48Totals.Verdict.ASKED);
    }

    private static Money sum(List<BankTransaction> transactions) {
        return transactions.stream().map(BatchSettlement::amount).reduce(Money.ZERO, Money::plus);
    }

    /** Uploads what is to be uploaded, and ends.
     *
     *  @return how many the host took; empty if it stopped answering */
    private Optional<Integer> upload(Result compared, List<BankTransaction> approved) {
        boolean balanced = compared.isBalanced();
        List<Message> uploads = new ArrayList<>();
        if (!balanced) {
            Predicate<BankTransaction> advice = one -> one.kind() == PosTransaction.REFUND;
            approved.stream().filter(advice).map(one -> messages.upload(one, "000")).forEach(uploads::add);
            uploads.addAll(lists(compared.batch(), approved.stream().filter(advice.negate()).filter(one -> !isChip(one)).toList()));
        }
        approved.stream().filter(one -> isChip(one) && one.kind() != PosTransaction.REFUND).map(one -> messages.upload(one, balanced ? "203" : "205"))
                .forEach(uploads::add);
        for (Message upload : uploads) {
            if (!isTaken(upload)) {
                return Optional.empty();
            }
        }
        int count = (int) approved.stream().filter(one -> !balanced || (isChip(one) && one.kind() != PosTransaction.REFUND)).count();
        Field60 end = Field60.management(compared.batch(), balanced ? "207" : "202");
        return isTaken(messages.upload(journal.nextTrace(), end, Field48Upload.textOfEnd(count))) ? Optional.of(count) : Optional.empty();
    }

    private List<Message> lists(int batch, List<BankTransaction> stripes) {
        List<Message> lists = new ArrayList<>();
        for (int at = 0; at < stripes.size(); at += MAX_LIST) {
            List<Field48Upload.Item> items = stripes.subList(at, Math.min(at + MAX_LIST, stripes.size())).stream()
                    .map(one -> new Field48Upload.Item(false, one.place().trace(), PosMessages.pan(one), amount(one))).toList();
            lists.add(messages.upload(journal.nextTrace(), Field60.management(batch, "201"), new Field48Upload(items).text()));
        }
        return lists;
    }

    private boolean isTaken(Message upload) {
        return dialogue.ask(upload) instanceof Reply.Answer answer && ResponseCode.of(answer.message()).isApproval();
    }

    private static Money amount(BankTransaction transaction) {
        return transaction.kept().findMoney(4).orElseThrow();
    }

    private static boolean isChip(BankTransaction transaction) {
        return CHIP_MODES.contains(transaction.kept().text(22).substring(0, 2));
    }
}
