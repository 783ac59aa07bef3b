package cn.onecard.terminal.reader;

import java.util.Arrays;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CommandAPDU;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A link over a {@link Card}, and the only place where 61xx and 6Cxx are handled.
 *
 *  <pre>
 *  case   bytes               Le on the wire     6Cxx
 *  1      header              no                 WrongLe, nothing is sent again
 *  2      header Le           yes                once more with Le = xx
 *  3      header Lc data      no                 WrongLe, nothing is sent again
 *  4      header Lc data Le   T=1 yes, T=0 no    T=1 once more with Le = xx, T=0 WrongLe
 *  </pre>
 *  At the first error the card is disconnected, because the handle can be freed only then, and the link stays closed. */
final class TerminalLink implements CardLink {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalLink.class);
    private static final int MORE_DATA = 0x61;
    private static final int WRONG_LE = 0x6C;
    /** More than any file of a purse needs. */
    private static final int MAX_PIECES = 32;

    private final String reader;
    private final Card card;
    private final ApduTrace trace;
    private final Watchdog watchdog;
    private final boolean leStripped;
    private final Watchdog.Watched watched;
    /** Set once, by whoever ends the link. */
    private boolean closed;

    TerminalLink(String reader, Card card, ApduTrace trace, Watchdog watchdog) {
        this.reader = reader;
        this.card = card;
        this.trace = trace;
        this.watchdog = watchdog;
        this.leStripped = card.getProtocol().equals("T=0");
        this.watched = watchdog.watch(reader);
    }

    @Override
    public byte[] atr() {
        return card.getATR().getBytes();
    }

    @Override
    public byte[] transmit(byte[] command) throws ReaderFault {
        byte[] answer = withRightLe(command);
        byte[] whole = answer;
        for (int piece = 0; sw1(answer) == MORE_DATA; piece++) {
            if (piece == MAX_PIECES) {
                close(true);
                throw new ReaderFault.EndlessAnswer(reader, statusWord(answer));
            }
            answer = withRightLe(new byte[] {0x00, (byte) 0xC0, 0x00, 0x00, answer[answer.length - 1]});
            byte[] joined = Arrays.copyOf(whole, whole.length - 2 + answer.length);
            System.arraycopy(answer, 0, joined, whole.length - 2, answer.length);
            whole = joined;
        }
        return whole;
    }

    private byte[] withRightLe(byte[] command) throws ReaderFault {
        byte[] answer = exchange(command);
        if (sw1(answer) != WRONG_LE) {
            return answer;
        }
        if (!hasLeOnWire(command)) {
            close(true);
            throw new ReaderFault.WrongLe(reader, statusWord(answer));
        }
        byte[] corrected = command.clone();
        corrected[corrected.length - 1] = answer[answer.length - 1];
        byte[] second = exchange(corrected);
        if (sw1(second) == WRONG_LE) {
            close(true);
            throw new ReaderFault.EndlessAnswer(reader, statusWord(second));
        }
        return second;
    }

    private boolean hasLeOnWire(byte[] command) {
        if (command.length == 5) {
            return true;
        }
        boolean hasLe = command.length > 5 && command.length == 6 + (command[4] & 0xFF);
        return hasLe && !leStripped;
    }

    private byte[] exchange(byte[] command) throws ReaderFault {
        if (closed) {
            throw new ReaderFault.CardGone(reader, "the link is closed", null);
        }
        CommandAPDU apdu = new CommandAPDU(command);
        byte[] answer;
        watched.begin();
        try {
            answer = card.getBasicChannel().transmit(apdu).getBytes();
        } catch (CardException | IllegalStateException | IllegalArgumentException e) {
            close(true);
            throw Faults.ofExchange(reader, e);
        } finally {
            watched.end();
        }
        trace.exchanged(reader, command, answer);
        return answer;
    }

    @Override
    public void close(boolean reset) {
        if (closed) {
            return;
        }
        closed = true;
        watchdog.forget(watched);
        try {
            card.disconnect(reset);
        } catch (CardException | IllegalStateException e) {
            LOG.debug("disconnecting from reader {}: {}", reader, Faults.code(e));
        }
    }

    private static int sw1(byte[] answer) {
        return answer[answer.length - 2] & 0xFF;
    }

    private static int statusWord(byte[] answer) {
        return sw1(answer) << 8 | (answer[answer.length - 1] & 0xFF);
    }
}
