package cn.onecard.terminal.pcsc;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.ToIntFunction;
import javax.smartcardio.ATR;
import javax.smartcardio.Card;
import javax.smartcardio.CardChannel;
import javax.smartcardio.CardException;
import javax.smartcardio.CommandAPDU;
import javax.smartcardio.ResponseAPDU;

/** One connection to one card. The command goes out as it was given, but for Le of case 4 under T=0, which that protocol cannot
 *  carry; 61xx and 6Cxx come back as they are.
 *
 *  <p>After the first failure the connection is over, and nothing more goes out on it: the service may not have noticed that
 *  another card lies there by now. It is given back by {@link #disconnect} in every state. */
final class PcscCard extends Card {
    private final PcscTerminal terminal;
    private final int generation;
    private final long handle;
    private final int protocol;
    private final byte[] atr;
    // Both are set once, under the monitor of the context.
    private boolean failed;
    private boolean ended;

    /** To be called under the monitor of the terminal's context. */
    PcscCard(PcscTerminal terminal, long handle, int protocol, byte[] atr) {
        this.terminal = terminal;
        this.generation = terminal.context().generation();
        this.handle = handle;
        this.protocol = protocol;
        this.atr = atr;
    }

    @Override
    public ATR getATR() {
        return new ATR(atr);
    }

    @Override
    public String getProtocol() {
        return protocol == Pcsclite.T0 ? "T=0" : "T=1";
    }

    @Override
    public CardChannel getBasicChannel() {
        return new Channel();
    }

    @Override
    public CardChannel openLogicalChannel() throws CardException {
        throw PcscCode.failure("logical channels", PcscCode.UNSUPPORTED_FEATURE);
    }

    @Override
    public byte[] transmitControlCommand(int controlCode, byte[] command) throws CardException {
        throw PcscCode.failure("control commands", PcscCode.UNSUPPORTED_FEATURE);
    }

    /** Keeps other processes away from the card until {@link #endExclusive}. */
    @Override
    public void beginExclusive() throws CardException {
        call("locking the card", library -> library.begin(handle));
    }

    @Override
    public void endExclusive() throws CardException {
        call("unlocking the card", library -> library.end(handle));
    }

    /** Gives the handle back, whatever happened to the card. Once is enough, and more does no harm. */
    @Override
    public void disconnect(boolean reset) throws CardException {
        synchronized (terminal.context()) {
            if (ended) {
                return;
            }
            ended = true;
            if (terminal.context().isCurrent(generation)) {
                int code = Pcsclite.load().disconnect(handle, reset);
                terminal.context().note(code, generation);
                if (code != PcscCode.REMOVED_CARD && code != PcscCode.RESET_CARD) {
                    PcscCode.require("disconnecting from " + terminal.getName(), code);
                }
            }
        }
    }

    private byte[] transmit(byte[] command) throws CardException {
        byte[] onWire = onWire(command);
        synchronized (terminal.context()) {
            ApduBuffer buffer = terminal.buffer();
            call("the card in " + terminal.getName(), library -> buffer.transmit(library, handle, protocol, onWire));
            byte[] answer = buffer.answer();
            if (answer.length < 2) {
                failed = true;
                throw PcscCode.failure("an answer of " + answer.length + " bytes from the card in " + terminal.getName(), PcscCode.NOT_TRANSACTED);
            }
            return answer;
        }
    }

    private byte[] onWire(byte[] command) throws CardException {
        boolean extended = command.length > 5 && command[4] == 0;
        if (protocol == Pcsclite.T0 && extended) {
            throw PcscCode.failure("an extended length under T=0", PcscCode.UNSUPPORTED_FEATURE);
        }
        boolean case4 = command.length > 5 && !extended && command.length == 6 + (command[4] & 0xFF);
        return protocol == Pcsclite.T0 && case4 ? Arrays.copyOf(command, command.length - 1) : command;
    }

    private void call(String doing, ToIntFunction<Pcsclite> call) throws CardException {
        PcscContext context = terminal.context();
        synchronized (context) {
            if (ended) {
                throw new IllegalStateException("disconnected from " + terminal.getName());
            }
            if (!context.isCurrent(generation)) {
                throw PcscCode.failure(doing, PcscCode.NO_SERVICE);
            }
            if (failed) {
                throw PcscCode.failure(doing, PcscCode.REMOVED_CARD);
            }
            int code = call.applyAsInt(Pcsclite.load());
            if (code != PcscCode.SUCCESS) {
                failed = true;
                context.note(code, generation);
                throw PcscCode.failure(doing, code);
            }
        }
    }

    /** The one channel. */
    private final class Channel extends CardChannel {
        @Override
        public Card getCard() {
            return PcscCard.this;
        }

        @Override
        public int getChannelNumber() {
            return 0;
        }

        @Override
        public ResponseAPDU transmit(CommandAPDU command) throws CardException {
            return new ResponseAPDU(PcscCard.this.transmit(command.getBytes()));
        }

        @Override
        public int transmit(ByteBuffer command, ByteBuffer response) throws CardException {
            byte[] bytes = new byte[command.remaining()];
            command.get(bytes);
            byte[] answer = PcscCard.this.transmit(bytes);
            response.put(answer);
            return answer.length;
        }

        @Override
        public void close() {
            throw new IllegalStateException("the basic channel stays open");
        }
    }
}
