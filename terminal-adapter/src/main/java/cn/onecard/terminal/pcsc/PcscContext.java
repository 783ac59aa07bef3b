package cn.onecard.terminal.pcsc;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import javax.smartcardio.CardException;
import org.jspecify.annotations.Nullable;

/** A PC/SC context, made when it is first needed and made anew after the service was gone. One call at a time is made in it,
 *  because the library would hold a second one back until the first is over; a wait alone can be ended from outside, by
 *  interrupting its thread. */
final class PcscContext {
    /** A cancellation that comes just before its wait begins is lost, and is made good after this time. */
    private static final long SLICE_MILLIS = 500;

    /** The context that is open, or null; written under the monitor, read without it by the thread that cancels. */
    private volatile @Nullable Open open;
    /** How many contexts there were: what was opened in another one is dead. Used under the monitor. */
    private int generation;

    /** A call in a context. */
    @FunctionalInterface
    interface Call {
        /** Makes the call.
         *
         *  @return the code of PC/SC */
        int in(Pcsclite library, long context);
    }

    /** Makes a call that touches no open card; if it turns out that the service was lost since the last one, once more in a new
     *  context.
     *
     *  @return the code, which is never one that says that the service is lost
     *  @throws CardException if there is no service */
    synchronized int call(Call call) throws CardException {
        boolean inherited = open != null;
        int code = in(establish(), call);
        if (PcscCode.isServiceLost(code) && inherited) {
            code = in(establish(), call);
        }
        if (PcscCode.isServiceLost(code)) {
            throw PcscCode.failure("the service", code);
        }
        return code;
    }

    /** Waits for readers to change. An interrupt of the thread ends the wait, and stays set.
     *
     *  @param states one SCARD_READERSTATE after the other
     *  @param atMostMillis how long; the wait may end earlier without a change
     *  @return whether something changed
     *  @throws CardException with SCARD_E_CANCELLED as its cause after an interrupt */
    boolean awaitChange(MemorySegment states, long atMostMillis) throws CardException {
        long count = states.byteSize() / Pcsclite.STATE_BYTES;
        long slice = Math.min(atMostMillis, SLICE_MILLIS);
        int code = new Wait().run((library, context) -> library.statusChange(context, slice, states, count));
        if (code != PcscCode.SUCCESS && code != PcscCode.TIMEOUT) {
            throw PcscCode.failure("waiting for a card", code);
        }
        return code == PcscCode.SUCCESS;
    }

    /** Notes the loss of the service, if the code that came from an open card says so. */
    synchronized void note(int code, int ofGeneration) {
        Open current = open;
        if (current != null && PcscCode.isServiceLost(code) && generation == ofGeneration) {
            drop(current);
        }
    }

    /** Whether what was opened in that generation can still be used. */
    synchronized boolean isCurrent(int ofGeneration) {
        return open != null && generation == ofGeneration;
    }

    synchronized int generation() {
        return generation;
    }

    /** Gives the context back. The next call makes a new one. */
    synchronized void close() {
        Open current = open;
        if (current != null) {
            drop(current);
        }
    }

    private int in(Open current, Call call) {
        int code = call.in(current.library, current.handle);
        if (PcscCode.isServiceLost(code)) {
            drop(current);
        }
        return code;
    }

    private Open establish() throws CardException {
        Open current = open;
        if (current != null) {
            return current;
        }
        Pcsclite library = Pcsclite.load();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment context = arena.allocate(JAVA_LONG);
            PcscCode.require("the service", library.establish(context));
            Open fresh = new Open(library, context.get(JAVA_LONG, 0));
            open = fresh;
            generation++;
            return fresh;
        }
    }

    /** What the release answers does not matter: without a service, the library forgets the context all the same. */
    private void drop(Open current) {
        open = null;
        var _ = current.library.release(current.handle);
    }

    /** An established context. */
    private record Open(Pcsclite library, long handle) {}

    /** One wait, which an interrupt of its thread ends by having the service cancel it. Never closed otherwise: it holds nothing. */
    private final class Wait extends AbstractInterruptibleChannel {
        int run(Call waiting) throws CardException {
            try {
                boolean ended = false;
                begin();
                try {
                    int code = isOpen() ? call(waiting) : PcscCode.CANCELLED;
                    ended = code != PcscCode.CANCELLED;
                    return code;
                } finally {
                    end(ended);
                }
            } catch (IOException interrupted) {
                throw PcscCode.failure("waiting for a card", PcscCode.CANCELLED);
            }
        }

        /** Called by the thread that interrupts. */
        @Override
        protected void implCloseChannel() {
            Open current = open;
            if (current != null) {
                var _ = current.library.cancel(current.handle);
            }
        }
    }
}
