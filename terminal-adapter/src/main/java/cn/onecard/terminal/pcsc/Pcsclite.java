package cn.onecard.terminal.pcsc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import javax.smartcardio.CardException;
import org.jspecify.annotations.Nullable;

/** The functions of {@code libpcsclite.so.1} on 64-bit Linux [1], bound by java.lang.foreign. DWORD, LONG and both kinds of handle are
 *  64 bits there; what is returned is the code, 0 for success.
 *
 *  <pre>
 *  SCARD_READERSTATE, 80 bytes    0 reader name *   8 user data *   16 current state   24 event state   32 ATR length   40 ATR[33]
 *  SCARD_IO_REQUEST, 16 bytes     0 protocol        8 length of this structure
 *  </pre>
 *  Elsewhere the sizes differ, so only this library is looked for.
 *
 *  <p>[1] pcsc-lite 1.9, winscard.h and pcsclite.h. */
@SuppressWarnings("restricted")
final class Pcsclite {
    static final int STATE_BYTES = 80;
    static final int STATE_CURRENT = 16;
    static final int STATE_EVENT = 24;
    static final int STATE_ATR_LENGTH = 32;
    static final int STATE_ATR = 40;
    static final int ATR_BYTES = 33;
    static final long PRESENT = 0x20;
    static final int T0 = 1;
    static final int T1 = 2;
    private static final String LIBRARY = "libpcsclite.so.1";
    private static final long SCOPE_SYSTEM = 2;
    private static final long SHARED = 2;
    private static final long LEAVE = 0;
    private static final long RESET = 1;
    private static final Linker LINKER = Linker.nativeLinker();

    /** The one binding, or null before the library was found; written under the monitor of the class. */
    private static @Nullable Pcsclite loaded;

    private final MethodHandle establish;
    private final MethodHandle release;
    private final MethodHandle cancel;
    private final MethodHandle listReaders;
    private final MethodHandle statusChange;
    private final MethodHandle connect;
    private final MethodHandle disconnect;
    private final MethodHandle begin;
    private final MethodHandle end;
    private final MethodHandle transmit;
    /** What SCardTransmit is told of the protocol, for T=0 and T=1. */
    private final MemorySegment requestT0;
    private final MemorySegment requestT1;

    private Pcsclite(SymbolLookup library) {
        establish = bind(library, "SCardEstablishContext", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
        release = bind(library, "SCardReleaseContext", JAVA_LONG);
        cancel = bind(library, "SCardCancel", JAVA_LONG);
        listReaders = bind(library, "SCardListReaders", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
        statusChange = bind(library, "SCardGetStatusChange", JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
        connect = bind(library, "SCardConnect", JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS);
        disconnect = bind(library, "SCardDisconnect", JAVA_LONG, JAVA_LONG);
        begin = bind(library, "SCardBeginTransaction", JAVA_LONG);
        end = bind(library, "SCardEndTransaction", JAVA_LONG, JAVA_LONG);
        transmit = bind(library, "SCardTransmit", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
        requestT0 = request(T0);
        requestT1 = request(T1);
    }

    /** The library of this system.
     *
     *  @throws CardException as if there were no service, if there is no such library */
    static synchronized Pcsclite load() throws CardException {
        if (loaded == null) {
            try {
                loaded = new Pcsclite(SymbolLookup.libraryLookup(LIBRARY, Arena.global()));
            } catch (IllegalArgumentException missing) {
                throw PcscCode.failure("there is no " + LIBRARY + " on this system", PcscCode.NO_SERVICE);
            }
        }
        return loaded;
    }

    /** Sets a variable in the environment that native code of this process sees. */
    static void setEnvironment(String name, String value) {
        MethodHandle setenv = LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("setenv"),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int result = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (result != 0) {
                throw new IllegalArgumentException("no name of a variable: " + name);
            }
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    /** @param context receives the handle, 8 bytes */
    int establish(MemorySegment context) {
        try {
            return (int) (long) establish.invokeExact(SCOPE_SYSTEM, MemorySegment.NULL, MemorySegment.NULL, context);
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    int release(long context) {
        try {
            return (int) (long) release.invokeExact(context);
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    /** Ends a {@link #statusChange} that another thread waits in. */
    int cancel(long context) {
        try {
            return (int) (long) cancel.invokeExact(context);
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    /** @param names receives C strings, ended by an empty one; or NULL to ask for the length
     *  @param length of {@code names} in bytes, in and out */
    int listReaders(long context, MemorySegment names, MemorySegment length) {
        try {
            return (int) (long) listReaders.invokeExact(context, MemorySegment.NULL, names, length);
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    int statusChange(long context, long timeoutMillis, MemorySegment states, long count) {
        try {
            return (int) (long) statusChange.invokeExact(context, timeoutMillis, states, count);
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    /** @param protocols any of {@link #T0} and {@link #T1}
     *  @param card receives the handle, 8 bytes
     *  @param protocol receives the one that was agreed on, 8 bytes */
    int connect(long context, MemorySegment reader, long protocols, MemorySegment card, MemorySegment protocol) {
        try {
            return (int) (long) connect.invokeExact(context, reader, SHARED, protocols, card, protocol);
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    int disconnect(long card, boolean reset) {
        try {
            return (int) (long) disconnect.invokeExact(card, reset ? RESET : LEAVE);
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    int begin(long card) {
        try {
            return (int) (long) begin.invokeExact(card);
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    int end(long card) {
        try {
            return (int) (long) end.invokeExact(card, LEAVE);
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    /** @param command what goes on the wire, all of it
     *  @param answerLength of {@code answer} in bytes, in and out */
    int transmit(long card, int protocol, MemorySegment command, MemorySegment answer, MemorySegment answerLength) {
        MemorySegment request = protocol == T0 ? requestT0 : requestT1;
        try {
            return (int) (long) transmit.invokeExact(card, request, command, command.byteSize(), MemorySegment.NULL, answer, answerLength);
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    private static MethodHandle bind(SymbolLookup library, String name, MemoryLayout... arguments) {
        return LINKER.downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(JAVA_LONG, arguments));
    }

    private static MemorySegment request(long protocol) {
        MemorySegment request = Arena.global().allocate(16, 8);
        request.set(JAVA_LONG, 0, protocol);
        request.set(JAVA_LONG, 8, 16);
        return request;
    }

    /** A native function throws nothing: whatever was thrown is a defect of ours, or the process is at its end. */
    private static RuntimeException defect(Throwable thrown) {
        return switch (thrown) {
            case Error error -> throw error;
            case RuntimeException defect -> defect;
            default -> new IllegalStateException(thrown);
        };
    }
}
