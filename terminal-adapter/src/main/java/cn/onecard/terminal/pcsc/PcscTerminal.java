package cn.onecard.terminal.pcsc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;

/** One reader, with a context of its own. Waiting is done by the service: it tells of a change, nobody polls. */
final class PcscTerminal extends CardTerminal {
    private static final long UNAWARE = 0;

    private final String name;
    private final PcscContext context = new PcscContext();
    /** Keeps the native memory of this reader for as long as the reader is known. */
    private final Arena memory = Arena.ofAuto();
    private final MemorySegment nativeName;
    private final ApduBuffer buffer = new ApduBuffer(memory);

    PcscTerminal(String name) {
        this.name = name;
        this.nativeName = memory.allocateFrom(name);
    }

    @Override
    public String getName() {
        return name;
    }

    PcscContext context() {
        return context;
    }

    ApduBuffer buffer() {
        return buffer;
    }

    @Override
    public boolean isCardPresent() throws CardException {
        return isPresent(snapshot().get(JAVA_LONG, Pcsclite.STATE_EVENT));
    }

    /** @param timeout in milliseconds, 0 for ever. An interrupt ends the wait with a {@link CardException} */
    @Override
    public boolean waitForCardPresent(long timeout) throws CardException {
        return await(true, timeout);
    }

    /** @param timeout in milliseconds, 0 for ever. An interrupt ends the wait with a {@link CardException} */
    @Override
    public boolean waitForCardAbsent(long timeout) throws CardException {
        return await(false, timeout);
    }

    /** Opens a card of its own each time, shared with other processes.
     *
     *  @param protocol {@code *}, {@code T=0} or {@code T=1} */
    @Override
    public Card connect(String protocol) throws CardException {
        long protocols = switch (protocol) {
            case "*" -> Pcsclite.T0 | Pcsclite.T1;
            case "T=0" -> Pcsclite.T0;
            case "T=1" -> Pcsclite.T1;
            default -> throw new IllegalArgumentException("no such protocol: " + protocol);
        };
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment card = arena.allocate(JAVA_LONG);
            MemorySegment agreed = arena.allocate(JAVA_LONG);
            synchronized (context) {
                PcscCode.require("connecting to " + name,
                        context.call((library, handle) -> library.connect(handle, nativeName, protocols, card, agreed)));
                return new PcscCard(this, card.get(JAVA_LONG, 0), (int) agreed.get(JAVA_LONG, 0), atr(card.get(JAVA_LONG, 0)));
            }
        }
    }

    /** The answer to reset of the card that was just connected to, which is given back if there is none. */
    private byte[] atr(long card) throws CardException {
        MemorySegment state;
        try {
            state = snapshot();
        } catch (CardException e) {
            var _ = Pcsclite.load().disconnect(card, true);
            throw e;
        }
        long length = Math.min(state.get(JAVA_LONG, Pcsclite.STATE_ATR_LENGTH), Pcsclite.ATR_BYTES);
        return state.asSlice(Pcsclite.STATE_ATR, length).toArray(JAVA_BYTE);
    }

    private boolean await(boolean present, long timeoutMillis) throws CardException {
        if (timeoutMillis < 0) {
            throw new IllegalArgumentException("no time can be waited for that is over: " + timeoutMillis);
        }
        long start = System.nanoTime();
        MemorySegment state = snapshot();
        while (isPresent(state.get(JAVA_LONG, Pcsclite.STATE_EVENT)) != present) {
            long left = timeoutMillis == 0 ? Long.MAX_VALUE : timeoutMillis - (System.nanoTime() - start) / 1_000_000;
            if (left <= 0) {
                return isCardPresent() == present;   // this process may have been suspended meanwhile
            }
            state.set(JAVA_LONG, Pcsclite.STATE_CURRENT, state.get(JAVA_LONG, Pcsclite.STATE_EVENT));
            if (!context.awaitChange(state, left)) {
                state.set(JAVA_LONG, Pcsclite.STATE_EVENT, state.get(JAVA_LONG, Pcsclite.STATE_CURRENT));
            }
        }
        return true;
    }

    /** The state of the reader now. */
    private MemorySegment snapshot() throws CardException {
        MemorySegment state = Arena.ofAuto().allocate(Pcsclite.STATE_BYTES, 8);
        write(state, UNAWARE);
        PcscCode.require("reader " + name, context.call((library, handle) -> library.statusChange(handle, 0, state, 1)));
        return state;
    }

    /** Writes what is known of this reader into a SCARD_READERSTATE. */
    void write(MemorySegment state, long known) {
        state.set(ADDRESS, 0, nativeName);
        state.set(JAVA_LONG, Pcsclite.STATE_CURRENT, known);
    }

    static boolean isPresent(long state) {
        return (state & Pcsclite.PRESENT) != 0;
    }
}
