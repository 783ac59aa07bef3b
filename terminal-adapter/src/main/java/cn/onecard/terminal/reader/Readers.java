package cn.onecard.terminal.reader;

import cn.onecard.terminal.pcsc.PcscProvider;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.TerminalFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All readers of one javax.smartcardio provider. They may come and go: whoever asks for a reader gets what there is at that
 *  moment, also after the PC/SC service was started late or anew. */
public final class Readers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    private final CardTerminals terminals;
    private final ReaderSettings settings;
    private final Watchdog watchdog;

    private Readers(TerminalFactory factory, ReaderSettings settings) {
        this.terminals = factory.terminals();
        this.settings = settings;
        this.watchdog = new Watchdog(settings);
    }

    /** The readers that the machine's PC/SC service knows, through the house's own provider. */
    public static Readers pcsc(ReaderSettings settings) {
        try {
            return over(TerminalFactory.getInstance(PcscProvider.TYPE, null, new PcscProvider()), settings);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the provider has this one type", e);
        }
    }

    /** The same readers through the JDK's provider, to compare it with ours. It handles 61xx and 6Cxx by itself unless told not to,
     *  and does so by overwriting the last byte of the command, whatever that is: a debit of 250 fen became one of 2. It is told so
     *  here, and listens until its first connect. It has one context a process: a reader that waits stalls all others, and after
     *  the service was started anew only a new process finds it.
     *
     *  @throws ReaderFault.NoService if the service does not run; it may be started later */
    public static Readers jdk(ReaderSettings settings) throws ReaderFault.NoService {
        System.setProperty("sun.security.smartcardio.t0GetResponse", "false");
        System.setProperty("sun.security.smartcardio.t1GetResponse", "false");
        try {
            return over(TerminalFactory.getInstance("PC/SC", null), settings);
        } catch (NoSuchAlgorithmException noService) {
            throw new ReaderFault.NoService(Faults.code(noService), noService);
        }
    }

    /** The readers of any other provider that leaves 61xx and 6Cxx alone. */
    public static Readers over(TerminalFactory factory, ReaderSettings settings) {
        return new Readers(factory, settings);
    }

    /** All readers there are now, in the provider's order.
     *
     *  @throws ReaderFault.NoService if the service does not answer */
    public List<Reader> list() throws ReaderFault {
        try {
            return terminals.list().stream().<Reader>map(terminal -> new TerminalReader(terminal, settings, watchdog)).toList();
        } catch (CardException e) {
            if (Faults.code(e).equals("SCARD_E_NO_READERS_AVAILABLE")) {
                return List.of();
            }
            throw Faults.ofReader("list", e);
        }
    }

    /** The reader of that name.
     *
     *  @throws ReaderFault.NoSuchReader if there is none
     *  @throws ReaderFault.NoService if the service does not answer */
    public Reader reader(String name) throws ReaderFault {
        for (Reader reader : list()) {
            if (reader.name().equals(name)) {
                return reader;
            }
        }
        throw new ReaderFault.NoSuchReader(name);
    }

    /** Ends the watch over mute cards and lets go of the service. */
    @Override
    public void close() {
        watchdog.close();
        if (terminals instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {   // as AutoCloseable declares it
                LOG.warn("letting go of the readers: {}", e.getMessage());
            }
        }
    }
}
