package cn.onecard.terminal.sim;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/** The manners of T=0 around a chip: a command cannot carry data both ways, so an answer waits for GET RESPONSE (61xx), and
 *  an Le that does not fit is refused (6Cxx) without executing anything twice. Not thread-safe. */
final class T0Protocol {
    private static final byte INS_GET_RESPONSE = (byte) 0xC0;
    private byte[] waiting = new byte[0];

    byte[] exchange(byte[] command, UnaryOperator<byte[]> chip) {
        boolean carriesData = command.length > 5;
        if (!carriesData && command[1] == INS_GET_RESPONSE) {
            byte[] data = waiting;
            if (data.length == 0) {
                return Answers.status(0x6F00);
            }
            if (le(command) != data.length) {
                return Answers.status(0x6C00 | data.length);
            }
            waiting = new byte[0];
            return Answers.done(data);
        }
        waiting = new byte[0];
        byte[] answer = chip.apply(command);
        if (carriesData && answer.length > 2) {
            waiting = Arrays.copyOf(answer, answer.length - 2);
            return Answers.status(0x6100 | waiting.length);
        }
        return answer;
    }

    void reset() {
        waiting = new byte[0];
    }

    private static int le(byte[] command) {
        return command.length == 5 ? command[4] & 0xFF : 0;
    }
}
