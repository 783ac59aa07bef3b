package cn.onecard.engine.partner.unionpay;

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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The host's side of a batch settlement. Guarded by the {@link BankHost} that it belongs to. */
final class HostSettlement {
    private static final Set<PosTransaction> DEBIT = Set.of(PosTransaction.COMPLETION, PosTransaction.SALE);
    private static final Set<PosTransaction> CREDIT = Set.of(PosTransaction.COMPLETION_CANCEL, PosTransaction.SALE_VOID, PosTransaction.REFUND);

    private final List<String> differences = new ArrayList<>();

    List<String> listDifferences() {
        return List.copyOf(differences);
    }

    /** Compares totals. The first 0500 of a batch closes it; each later one gets the same answer with its own trace. */
    Message compare(HostTerminal terminal, Message request, Message.Builder answer) {
        int batch = Field60.of(request).batch();
        if (terminal.findSettlement(batch).isPresent()) {
            return answer.copy(terminal.findSettlement(batch).get().answer(), 48).build();
        }
        Field48Totals asked;
        try {
            asked = Field48Totals.of(request);
        } catch (MalformedMessage e) {
            return answer.set(39, ResponseCode.FORMAT_ERROR.code()).build();
        }
        Field48Totals.Side ours = total(terminal, batch);
        boolean balanced = ours.equals(asked.domestic());
        Field48Totals told = new Field48Totals(
                ours.judged(balanced ? Field48Totals.Verdict.BALANCED : Field48Totals.Verdict.NOT_BALANCED),
                asked.foreign().judged(Field48Totals.Verdict.BALANCED));
        Message message = answer.set(48, told.text()).build();
        terminal.close(batch, message);
        return message;
    }

    /** Takes an upload. */
    ResponseCode upload(HostTerminal terminal, Message request) {
        Field60 what = Field60.of(request);
        if (terminal.findSettlement(what.batch()).isEmpty()) {
            return ResponseCode.INVALID_TRANSACTION;
        }
        Map<Integer, Money> uploaded = terminal.findSettlement(what.batch()).get().uploaded();
        if (terminal.isEnded(what.batch())) {
            return ResponseCode.APPROVED;
        }
        try {
            switch (what.managementCode()) {
                case "000", "203", "205" -> uploaded.put(Integer.parseInt(request.text(11)), request.findMoney(4).orElse(Money.ZERO));
                case "201" -> Field48Upload.of(request).items().forEach(item -> uploaded.put(item.trace(), item.amount()));
                case "202", "207" -> end(terminal, what, Field48Upload.uploaded(request));
                default -> {
                    return ResponseCode.NOT_SUPPORTED;
                }
            }
        } catch (MalformedMessage e) {
            return ResponseCode.FORMAT_ERROR;
        }
        return ResponseCode.APPROVED;
    }

    /** Marks what differs. After balanced totals only chip transactions were uploaded, and nothing is missing. */
    private void end(HostTerminal terminal, Field60 what, int count) {
        Map<Integer, Money> uploaded = terminal.findSettlement(what.batch()).orElseThrow().uploaded();
        Map<Integer, Money> known = new TreeMap<>();
        inBatch(terminal, what.batch()).forEach(one -> known.put(Integer.parseInt(one.request().text(11)), one.amount()));
        String where = "batch " + what.batch() + ", trace ";
        new TreeMap<>(uploaded).forEach((trace, amount) -> {
            Money ours = known.get(trace);
            if (ours == null) {
                differences.add(where + trace + ": uploaded and not known");
            } else if (!ours.equals(amount)) {
                differences.add(where + trace + ": uploaded with another amount");
            }
        });
        if (what.managementCode().equals("202")) {
            known.keySet().stream().filter(trace -> !uploaded.containsKey(trace)).forEach(trace -> differences.add(where + trace + ": known and not uploaded"));
        }
        if (count != uploaded.size()) {
            differences.add("batch " + what.batch() + ": " + count + " said to be uploaded, " + uploaded.size() + " came");
        }
        terminal.end(what.batch());
    }

    private static Field48Totals.Side total(HostTerminal terminal, int batch) {
        List<HostTransaction> all = inBatch(terminal, batch);
        List<HostTransaction> debits = all.stream().filter(one -> DEBIT.contains(one.kind())).toList();
        List<HostTransaction> credits = all.stream().filter(one -> CREDIT.contains(one.kind())).toList();
        return new Field48Totals.Side(sum(debits), debits.size(), sum(credits), credits.size(), Field48Totals.Verdict.ASKED);
    }

    /** What counts: approved, not reversed, on one side or the other. */
    private static List<HostTransaction> inBatch(HostTerminal terminal, int batch) {
        return terminal.transactions().stream().filter(one -> one.isApproved() && one.state() != HostTransaction.State.REVERSED
                && Field60.of(one.request()).batch() == batch && (DEBIT.contains(one.kind()) || CREDIT.contains(one.kind()))).toList();
    }

    private static Money sum(List<HostTransaction> transactions) {
        return transactions.stream().map(HostTransaction::amount).reduce(Money.ZERO, Money::plus);
    }
}
