package cn.onecard.terminal.pcsc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Native room for one command and its answer. Used under the monitor of its reader's context. */
final class ApduBuffer {
    /** The longest extended APDU that pcsc-lite takes. */
    private static final int BYTES = 65_544;

    private final MemorySegment command;
    private final MemorySegment answer;
    private final MemorySegment answerLength;

    ApduBuffer(Arena arena) {
        command = arena.allocate(BYTES);
        answer = arena.allocate(BYTES);
        answerLength = arena.allocate(JAVA_LONG);
    }

    /** Sends a command as it stands.
     *
     *  @return the code of PC/SC */
    int transmit(Pcsclite library, long card, int protocol, byte[] bytes) {
        MemorySegment.copy(bytes, 0, command, JAVA_BYTE, 0, bytes.length);
        answerLength.set(JAVA_LONG, 0, BYTES);
        return library.transmit(card, protocol, command.asSlice(0, bytes.length), answer, answerLength);
    }

    /** The answer to the last command, which was sent with success. */
    byte[] answer() {
        return answer.asSlice(0, answerLength.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
    }
}
