package cn.onecard.terminal.tap;

import cn.onecard.terminal.card.CardRefused;
import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.Reader;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.terminal.sam.Psam;
import cn.onecard.vocabulary.TerminalId;
import org.jspecify.annotations.Nullable;

/** The reader with the PSAM in it. Keeps the PSAM selected between taps; after a fault it is asked anew who it is, and
 *  another PSAM than the first is refused, because it would be another terminal. Not thread-safe. */
final class PsamSlot implements AutoCloseable {
    private final Reader reader;
    private final TerminalId terminal;
    /** The open link and the PSAM behind it, or null after a fault; written by the validator's one thread. */
    private @Nullable Open open;

    private PsamSlot(Reader reader, Open first) {
        this.reader = reader;
        this.terminal = first.psam.terminal();
        this.open = first;
    }

    static PsamSlot open(Reader reader) throws ReaderFault, CardRefused {
        return new PsamSlot(reader, select(reader));
    }

    TerminalId terminal() {
        return terminal;
    }

    /** The PSAM, selected.
     *
     *  @throws PsamFailed if it does not answer, or is another one */
    Psam psam() throws PsamFailed, ReaderFault.NoService {
        if (open == null) {
            try {
                Open fresh = select(reader);
                if (!fresh.psam.terminal().equals(terminal)) {
                    fresh.link.close(true);
                    throw new PsamFailed("the PSAM was " + terminal + " and is " + fresh.psam.terminal());
                }
                open = fresh;
            } catch (ReaderFault.NoService noService) {
                throw noService;
            } catch (ReaderFault | CardRefused e) {
                throw new PsamFailed(String.valueOf(e.getMessage()));
            }
        }
        return open.psam;
    }

    /** After a fault: the next {@link #psam()} starts from the beginning. */
    void forget() {
        if (open != null) {
            open.link.close(true);
            open = null;
        }
    }

    @Override
    public void close() {
        forget();
    }

    private static Open select(Reader reader) throws ReaderFault, CardRefused {
        CardLink link = reader.connect();
        try {
            return new Open(link, Psam.select(link));
        } catch (ReaderFault | CardRefused e) {
            link.close(true);
            throw e;
        }
    }

    /** A link and the PSAM at its end. */
    private record Open(CardLink link, Psam psam) {}

    /** The PSAM cannot serve. */
    static final class PsamFailed extends Exception {
        private static final long serialVersionUID = 1;

        PsamFailed(String message) {
            super(message);
        }
    }
}
