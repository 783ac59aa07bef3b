package cn.onecard.engine.partner.unionpay;

import cn.onecard.engine.key.TerminalMasterKey;
import cn.onecard.engine.key.WorkingKeys;
import cn.onecard.engine.rail.iso8583.Message;
import cn.onecard.vocabulary.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A terminal as the host knows it. Guarded by the {@link BankHost} that it belongs to. */
final class HostTerminal {
    private static final int MAX_BATCH = 999_999;

    /** Which message: batch, trace, and the type, because a reversal has the trace of what it reverses. */
    record Slot(String type, int batch, int trace) {}

    /** A request and what was answered first. */
    record Exchange(Message request, Message answer) {}

    /** A settlement of a batch.
     *
     *  @param answer to its 0500
     *  @param uploaded trace and amount of what the terminal uploaded */
    record Settlement(Message answer, Map<Integer, Money> uploaded) {}

    private final String merchant;
    private final TerminalMasterKey masterKey;
    private final Map<Slot, Exchange> exchanges = new HashMap<>();
    private final Set<Slot> tombstones = new HashSet<>();
    private final List<HostTransaction> transactions = new ArrayList<>();
    private final Map<Integer, Settlement> settlements = new HashMap<>();
    /** Batches whose upload has ended. */
    private final Set<Integer> ended = new HashSet<>();
    private int batch = 1;
    /** Null before a sign-on and after a sign-off. */
    private @Nullable WorkingKeys keys;

    HostTerminal(String merchant, TerminalMasterKey masterKey) {
        this.merchant = merchant;
        this.masterKey = masterKey;
    }

    String merchant() {
        return merchant;
    }

    TerminalMasterKey masterKey() {
        return masterKey;
    }

    int batch() {
        return batch;
    }

    Optional<WorkingKeys> findKeys() {
        return Optional.ofNullable(keys);
    }

    /** A sign-on: new keys, and a new batch if the old one is settled. */
    void signOn(WorkingKeys issued) {
        keys = issued;
        if (ended.contains(batch)) {
            nextBatch();
        }
    }

    void signOff() {
        keys = null;
        nextBatch();
    }

    void forgetKeys() {
        keys = null;
    }

    private void nextBatch() {
        batch = batch == MAX_BATCH ? 1 : batch + 1;
    }

    /** Whether a batch takes no more transactions. */
    boolean isClosed(int number) {
        return settlements.containsKey(number);
    }

    Optional<Settlement> findSettlement(int number) {
        return Optional.ofNullable(settlements.get(number));
    }

    void close(int number, Message answer) {
        settlements.put(number, new Settlement(answer, new HashMap<>()));
    }

    boolean isEnded(int number) {
        return ended.contains(number);
    }

    void end(int number) {
        ended.add(number);
    }

    Optional<Exchange> findExchange(Slot slot) {
        return Optional.ofNullable(exchanges.get(slot));
    }

    void remember(Slot slot, Exchange exchange) {
        exchanges.put(slot, exchange);
    }

    void bury(Slot slot) {
        tombstones.add(slot);
    }

    boolean isBuried(Slot slot) {
        return tombstones.contains(slot);
    }

    void add(HostTransaction transaction) {
        transactions.add(transaction);
    }

    List<HostTransaction> transactions() {
        return transactions;
    }
}
