package cn.onecard.engine.rail.unionpay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A journal in memory, which outlives the terminals that use it. A terminal can be killed before and after everything it writes. */
final class MemoryJournal implements TerminalJournal {
    private final Map<UUID, BankTransaction> transactions = new LinkedHashMap<>();
    private KillPoint killPoint = new KillPoint(0);
    private int batch = 1;
    private int trace;

    /** Loses a transaction, as no journal should. */
    void lose(UUID leg) {
        transactions.remove(leg);
    }

    void killAt(KillPoint point) {
        killPoint = point;
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public void openBatch(int opened) {
        write(() -> batch = opened);
    }

    @Override
    public int nextTrace() {
        write(() -> trace = trace == 999_999 ? 1 : trace + 1);
        return trace;
    }

    @Override
    public void begin(BankTransaction transaction) {
        write(() -> {
            if (transactions.putIfAbsent(transaction.leg(), transaction) != null) {
                throw new IllegalStateException("the leg has a transaction");
            }
        });
    }

    @Override
    public void change(BankTransaction transaction) {
        write(() -> {
            if (transactions.replace(transaction.leg(), transaction) == null) {
                throw new IllegalStateException("the leg has no transaction");
            }
        });
    }

    @Override
    public Optional<BankTransaction> find(UUID leg) {
        return Optional.ofNullable(transactions.get(leg));
    }

    @Override
    public List<BankTransaction> listOpen() {
        return transactions.values().stream().filter(one -> one.state().isOpen()).toList();
    }

    @Override
    public List<BankTransaction> listBatch(int number) {
        return new ArrayList<>(transactions.values().stream().filter(one -> one.place().batch() == number).toList());
    }

    private void write(Runnable change) {
        killPoint.pass();
        change.run();
        killPoint.pass();
    }
}
