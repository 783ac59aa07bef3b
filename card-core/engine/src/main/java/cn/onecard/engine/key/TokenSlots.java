package cn.onecard.engine.key;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the slot of a token by the token's label [1]. The JDK's provider takes slot numbers alone, and those change: with the order in
 *  which devices are plugged in, or each time a soft token is made.
 *
 *  <p>The library is initialised if it is not, for use by many threads, and left so: the provider goes on with it. That also brings a
 *  library back that somebody ended.
 *
 *  <pre>
 *  CK_FUNCTION_LIST   version, 6 bytes of air, then one pointer a function: 0 C_Initialize .. 4 C_GetSlotList .. 6 C_GetTokenInfo
 *  CK_TOKEN_INFO      label(32, blanks at the end) .. , 208 bytes at most
 *  </pre>
 *  [1] OASIS PKCS #11 2.40, sections 5.4 and 5.5. */
final class TokenSlots {
    private static final ValueLayout.OfLong ULONG = ValueLayout.JAVA_LONG;
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final long OK = 0;
    private static final long ALREADY_INITIALIZED = 0x191;
    private static final long OS_LOCKING_OK = 2;
    private static final int INITIALIZE = 0;
    private static final int GET_SLOT_LIST = 4;
    private static final int GET_TOKEN_INFO = 6;
    private static final long FUNCTIONS_BEGIN = 8;
    private static final int LABEL_BYTES = 32;
    private static final long TOKEN_INFO_BYTES = 208;
    private static final byte WITH_TOKEN = 1;

    private final MemorySegment functions;

    private TokenSlots(MemorySegment functions) {
        this.functions = functions;
    }

    /** The slot of a token.
     *
     *  @throws KeysUnavailable if there is no such library, or no or more than one such token in it */
    static long slot(Path library, String label) {
        if (!Files.isRegularFile(library)) {
            throw new KeysUnavailable("there is no PKCS#11 library " + library);
        }
        try (Arena arena = Arena.ofConfined()) {
            TokenSlots slots = open(library, arena);
            List<String> seen = new ArrayList<>();
            List<Long> found = new ArrayList<>();
            for (long slot : slots.list(arena)) {
                String name = slots.label(slot, arena);
                seen.add(name);
                if (name.equals(label)) {
                    found.add(slot);
                }
            }
            if (found.size() != 1) {
                throw new KeysUnavailable((found.isEmpty() ? "there is no token '" : "there is more than one token '") + label + "' in " + library
                        + ", but " + seen);
            }
            return found.getFirst();
        }
    }

    @SuppressWarnings("restricted")     // the library is what the operator names
    private static TokenSlots open(Path library, Arena arena) {
        MemorySegment getFunctionList;
        try {
            getFunctionList = SymbolLookup.libraryLookup(library, Arena.global()).findOrThrow("C_GetFunctionList");
        } catch (RuntimeException e) {
            throw new KeysUnavailable(library + " is no PKCS#11 library: " + e.getMessage(), e);
        }
        MemorySegment list = arena.allocate(POINTER);
        check("C_GetFunctionList", call(getFunctionList, FunctionDescriptor.of(ULONG, POINTER), list));
        TokenSlots slots = new TokenSlots(list.get(POINTER, 0).reinterpret(FUNCTIONS_BEGIN + (GET_TOKEN_INFO + 1) * POINTER.byteSize()));
        MemorySegment arguments = arena.allocate(MemoryLayout.structLayout(MemoryLayout.sequenceLayout(4, POINTER), ULONG, POINTER));
        arguments.set(ULONG, 4 * POINTER.byteSize(), OS_LOCKING_OK);
        long answer = call(slots.function(INITIALIZE), FunctionDescriptor.of(ULONG, POINTER), arguments);
        if (answer != ALREADY_INITIALIZED) {
            check("C_Initialize", answer);
        }
        return slots;
    }

    private long[] list(Arena arena) {
        FunctionDescriptor form = FunctionDescriptor.of(ULONG, ValueLayout.JAVA_BYTE, POINTER, POINTER);
        MemorySegment count = arena.allocate(ULONG);
        check("C_GetSlotList", call(function(GET_SLOT_LIST), form, WITH_TOKEN, MemorySegment.NULL, count));
        MemorySegment slots = arena.allocate(ULONG, Math.max(1, count.get(ULONG, 0)));
        check("C_GetSlotList", call(function(GET_SLOT_LIST), form, WITH_TOKEN, slots, count));
        return slots.asSlice(0, count.get(ULONG, 0) * ULONG.byteSize()).toArray(ULONG);
    }

    private String label(long slot, Arena arena) {
        MemorySegment info = arena.allocate(TOKEN_INFO_BYTES, ULONG.byteAlignment());
        check("C_GetTokenInfo", call(function(GET_TOKEN_INFO), FunctionDescriptor.of(ULONG, ULONG, POINTER), slot, info));
        return new String(info.asSlice(0, LABEL_BYTES).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8).stripTrailing();
    }

    private MemorySegment function(int number) {
        return functions.get(POINTER, FUNCTIONS_BEGIN + number * POINTER.byteSize());
    }

    @SuppressWarnings("restricted")     // as above
    private static long call(MemorySegment function, FunctionDescriptor form, Object... arguments) {
        MethodHandle handle = Linker.nativeLinker().downcallHandle(function, form);
        try {
            return (long) handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native function throws nothing", e);
        }
    }

    private static void check(String function, long answer) {
        if (answer != OK) {
            throw new KeysUnavailable("%s answers 0x%X".formatted(function, answer));
        }
    }
}
