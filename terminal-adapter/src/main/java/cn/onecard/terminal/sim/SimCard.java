package cn.onecard.terminal.sim;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.smartcardio.ATR;
import javax.smartcardio.Card;
import javax.smartcardio.CardChannel;
import javax.smartcardio.CardException;
import javax.smartcardio.CommandAPDU;
import javax.smartcardio.ResponseAPDU;

/** A connection to one stay of a chip in a virtual reader. Like the JDK's own, it strips Le of case 4 under T=0, and once
 *  the chip has left it answers with an unchecked exception. */
final class SimCard extends Card {
    private final VirtualReader reader;
    private final VirtualReader.Insertion insertion;
    private final boolean t0;
    /** Set by disconnect or when the chip is missed; used by the reader's one thread. */
    private boolean ended;

    SimCard(VirtualReader reader, VirtualReader.Insertion insertion) {
        this.reader = reader;
        this.insertion = insertion;
        this.t0 = !offersT1(insertion.device().atr());
    }

    @Override
    public ATR getATR() {
        return new ATR(insertion.device().atr());
    }

    @Override
    public String getProtocol() {
        return t0 ? "T=0" : "T=1";
    }

    @Override
    public CardChannel getBasicChannel() {
        return new Channel();
    }

    @Override
    public CardChannel openLogicalChannel() throws CardException {
        throw new CardException("the chip has one channel", new SimTerminals.PcscCode("SCARD_E_UNSUPPORTED_FEATURE"));
    }

    /** Nothing to do: no other process can reach a virtual reader. */
    @Override
    public void beginExclusive() {}

    /** Nothing to do. */
    @Override
    public void endExclusive() {}

    @Override
    public byte[] transmitControlCommand(int controlCode, byte[] command) throws CardException {
        throw new CardException("no control commands", new SimTerminals.PcscCode("SCARD_E_UNSUPPORTED_FEATURE"));
    }

    @Override
    public void disconnect(boolean reset) {
        if (!ended && reset && reader.insertion() == insertion) {
            insertion.device().reset();
        }
        ended = true;
    }

    private byte[] transmit(byte[] command) throws CardException {
        if (ended) {
            throw new IllegalStateException("Card has been removed");
        }
        boolean case4 = command.length > 5 && command.length == 6 + (command[4] & 0xFF);
        byte[] onWire = t0 && case4 ? Arrays.copyOf(command, command.length - 1) : command;
        if (reader.insertion() == insertion) {
            byte[] answer = insertion.device().process(onWire);
            if (reader.insertion() == insertion) {
                return answer;
            }
        }
        ended = true;
        throw new CardException("the card is gone", new SimTerminals.PcscCode("SCARD_E_NOT_TRANSACTED"));
    }

    /** Whether any TD byte of the answer to reset names T=1. A TD byte follows TA, TB and TC of its group, each present if
     *  its bit (10, 20, 40) is set in the byte before. */
    private static boolean offersT1(byte[] atr) {
        int at = 1;
        int y = atr[at] & 0xF0;
        while ((y & 0x80) != 0) {
            at += Integer.bitCount(y);
            if ((atr[at] & 0x0F) == 1) {
                return true;
            }
            y = atr[at] & 0xF0;
        }
        return false;
    }

    /** The one channel. */
    private final class Channel extends CardChannel {
        @Override
        public Card getCard() {
            return SimCard.this;
        }

        @Override
        public int getChannelNumber() {
            return 0;
        }

        @Override
        public ResponseAPDU transmit(CommandAPDU command) throws CardException {
            return new ResponseAPDU(SimCard.this.transmit(command.getBytes()));
        }

        @Override
        public int transmit(ByteBuffer command, ByteBuffer response) throws CardException {
            byte[] bytes = new byte[command.remaining()];
            command.get(bytes);
            byte[] answer = SimCard.this.transmit(bytes);
            response.put(answer);
            return answer.length;
        }

        @Override
        public void close() {
            throw new IllegalStateException("the basic channel stays open");
        }
    }
}
