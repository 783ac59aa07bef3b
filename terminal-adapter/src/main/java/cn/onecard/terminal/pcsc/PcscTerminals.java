package cn.onecard.terminal.pcsc;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals;

/** The readers that the service knows at the moment of asking: they may come and go, and so may the service. A reader is the same
 *  object each time it is listed. Closing gives all contexts back. */
final class PcscTerminals extends CardTerminals implements AutoCloseable {
    /** The upper half of a state counts insertions and removals. */
    private static final int COUNT_SHIFT = 16;

    private final PcscContext context = new PcscContext();
    private final Map<String, PcscTerminal> known = new ConcurrentHashMap<>();
    /** The state of each reader at the end of the last {@link #waitForChange}, and how it had changed; under the monitor. */
    private final Map<String, Long> seen = new HashMap<>();
    private final Map<String, State> changes = new HashMap<>();

    @Override
    public List<CardTerminal> list(State state) throws CardException {
        List<CardTerminal> matching = new ArrayList<>();
        for (PcscTerminal terminal : listAll()) {
            if (matches(terminal, state)) {
                matching.add(terminal);
            }
        }
        return List.copyOf(matching);
    }

    /** Waits for a card to come or go in any of the readers that there are at the beginning. What changed, {@code
     *  list(CARD_INSERTION)} and {@code list(CARD_REMOVAL)} tell until the next call; before the first one they tell which readers
     *  have a card and which have none.
     *
     *  @param timeout in milliseconds, 0 for ever. An interrupt ends the wait with a {@link CardException} */
    @Override
    public synchronized boolean waitForChange(long timeout) throws CardException {
        if (timeout < 0) {
            throw new IllegalArgumentException("no time can be waited for that is over: " + timeout);
        }
        List<PcscTerminal> terminals = listAll();
        if (terminals.isEmpty()) {
            throw new IllegalStateException("there are no readers");
        }
        changes.clear();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment states = arena.allocate((long) terminals.size() * Pcsclite.STATE_BYTES, 8);
            for (int i = 0; i < terminals.size(); i++) {
                terminals.get(i).write(slice(states, i), seen.getOrDefault(terminals.get(i).getName(), 0L));
            }
            if (!seen.keySet().containsAll(terminals.stream().map(PcscTerminal::getName).toList())) {
                PcscCode.require("the readers", context.call((library, handle) -> library.statusChange(handle, 0, states, terminals.size())));
                takeOver(terminals, states);
            }
            return await(terminals, states, timeout);
        }
    }

    private boolean await(List<PcscTerminal> terminals, MemorySegment states, long timeoutMillis) throws CardException {
        long start = System.nanoTime();
        while (changes.isEmpty()) {
            long left = timeoutMillis == 0 ? Long.MAX_VALUE : timeoutMillis - (System.nanoTime() - start) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            if (context.awaitChange(states, left)) {
                takeOver(terminals, states);
            }
        }
        return true;
    }

    /** Compares what is reported now with what was seen before, and makes it what is known. */
    private void takeOver(List<PcscTerminal> terminals, MemorySegment states) {
        for (int i = 0; i < terminals.size(); i++) {
            String name = terminals.get(i).getName();
            long now = slice(states, i).get(JAVA_LONG, Pcsclite.STATE_EVENT);
            Long before = seen.put(name, now);
            if (before != null && before >>> COUNT_SHIFT != now >>> COUNT_SHIFT) {
                changes.put(name, PcscTerminal.isPresent(now) ? State.CARD_INSERTION : State.CARD_REMOVAL);
            }
            slice(states, i).set(JAVA_LONG, Pcsclite.STATE_CURRENT, now);
        }
    }

    private synchronized boolean matches(PcscTerminal terminal, State state) throws CardException {
        return switch (state) {
            case ALL -> true;
            case CARD_PRESENT -> terminal.isCardPresent();
            case CARD_ABSENT -> !terminal.isCardPresent();
            case CARD_INSERTION -> seen.isEmpty() ? terminal.isCardPresent() : changes.get(terminal.getName()) == state;
            case CARD_REMOVAL -> seen.isEmpty() ? !terminal.isCardPresent() : changes.get(terminal.getName()) == state;
        };
    }

    private List<PcscTerminal> listAll() throws CardException {
        return names().stream().map(name -> known.computeIfAbsent(name, PcscTerminal::new)).toList();
    }

    private List<String> names() throws CardException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocate(JAVA_LONG);
            int code = context.call((library, handle) -> library.listReaders(handle, MemorySegment.NULL, length));
            if (code == PcscCode.NO_READERS_AVAILABLE) {
                return List.of();
            }
            PcscCode.require("the list of readers", code);
            MemorySegment names = arena.allocate(Math.max(1, length.get(JAVA_LONG, 0)));
            code = context.call((library, handle) -> library.listReaders(handle, names, length));
            if (code == PcscCode.NO_READERS_AVAILABLE) {
                return List.of();
            }
            PcscCode.require("the list of readers", code);
            List<String> all = new ArrayList<>();
            for (long at = 0; at < names.byteSize(); ) {
                String name = names.getString(at);
                if (name.isEmpty()) {
                    break;
                }
                all.add(name);
                at += name.getBytes(UTF_8).length + 1;
            }
            return all;
        }
    }

    private static MemorySegment slice(MemorySegment states, int index) {
        return states.asSlice((long) index * Pcsclite.STATE_BYTES, Pcsclite.STATE_BYTES);
    }

    @Override
    public void close() {
        context.close();
        known.values().forEach(terminal -> terminal.context().close());
    }
}
