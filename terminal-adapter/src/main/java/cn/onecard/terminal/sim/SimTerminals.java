package cn.onecard.terminal.sim;

import java.util.List;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals;

/** The terminals of one {@link SimReaders}. */
final class SimTerminals extends CardTerminals {
    private final SimReaders readers;

    SimTerminals(SimReaders readers) {
        this.readers = readers;
    }

    @Override
    public List<CardTerminal> list(State state) {
        return readers.listReaders().stream().<CardTerminal>map(SimTerminal::new).filter(terminal -> has(terminal, state)).toList();
    }

    /** Not offered: the house waits at one reader at a time.
     *
     *  @throws UnsupportedOperationException always */
    @Override
    public boolean waitForChange(long timeout) {
        throw new UnsupportedOperationException("wait at one reader");
    }

    private static boolean has(CardTerminal terminal, State state) {
        boolean present = ((SimTerminal) terminal).isCardPresent();
        return switch (state) {
            case ALL -> true;
            case CARD_PRESENT, CARD_INSERTION -> present;
            case CARD_ABSENT, CARD_REMOVAL -> !present;
        };
    }

    /** One virtual reader. */
    private static final class SimTerminal extends CardTerminal {
        private final VirtualReader reader;

        SimTerminal(VirtualReader reader) {
            this.reader = reader;
        }

        @Override
        public String getName() {
            return reader.name();
        }

        @Override
        public Card connect(String protocol) throws CardException {
            VirtualReader.Insertion insertion = reader.insertion();
            if (insertion == null) {
                throw new CardNotPresentException("no card", new PcscCode("SCARD_E_NO_SMARTCARD"));
            }
            SimCard card = new SimCard(reader, insertion);
            if (!protocol.equals("*") && !protocol.equals(card.getProtocol())) {
                throw new CardException("no such protocol", new PcscCode("SCARD_E_PROTO_MISMATCH"));
            }
            return card;
        }

        @Override
        public boolean isCardPresent() {
            return reader.insertion() != null;
        }

        @Override
        public boolean waitForCardPresent(long timeout) throws CardException {
            return await(true, timeout);
        }

        @Override
        public boolean waitForCardAbsent(long timeout) throws CardException {
            return await(false, timeout);
        }

        /** An interrupt ends the wait and stays set, as in the provider of real readers. */
        private boolean await(boolean present, long timeoutMillis) throws CardException {
            try {
                return reader.await(present, timeoutMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CardException("interrupted", new PcscCode("SCARD_E_CANCELLED"));
            }
        }
    }

    /** Carries the symbolic name of a PC/SC code the way the JDK's provider does. */
    static final class PcscCode extends Exception {
        private static final long serialVersionUID = 1;

        PcscCode(String code) {
            super(code);
        }
    }
}
