package cn.onecard.terminal.reader;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.TerminalFactory;

/** All readers of one javax.smartcardio provider.
 *
 *  <p><b>Two system properties.</b> The JDK's provider answers 6Cxx and 61xx by itself unless told not to, and does so by
 *  overwriting the last byte of the command, whatever it is: a debit of 250 fen became one of 2. It reads
 *  {@value #T0_GET_RESPONSE} and {@value #T1_GET_RESPONSE} once, at the first connect, so they must be {@code false} before
 *  anything else happens, and nothing here starts unless they are.
 *
 *  <p><b>No waiting.</b> That provider has one context a process, locked while it waits for a card: a reader that waits
 *  stalls all others. So cards are polled for ({@link CardWatch}).
 *
 *  <p><b>No second chance.</b> After the PC/SC service was restarted that context is dead for good. {@link
 *  ReaderFault.NoService} from a reader that worked before means: end the process, and let it be started anew. */
public final class Readers implements AutoCloseable {
    /** Must read {@code false}: keeps the JDK from handling 61xx and 6Cxx under T=0. */
    public static final String T0_GET_RESPONSE = "sun.security.smartcardio.t0GetResponse";
    /** Must read {@code false}: keeps the JDK from handling 61xx and 6Cxx under T=1. */
    public static final String T1_GET_RESPONSE = "sun.security.smartcardio.t1GetResponse";

    private final CardTerminals terminals;
    private final ReaderSettings settings;
    private final Watchdog watchdog;

    private Readers(TerminalFactory factory, ReaderSettings settings) {
        this.terminals = factory.terminals();
        this.settings = settings;
        this.watchdog = new Watchdog(settings);
    }

    /** The readers that the machine's PC/SC service knows.
     *
     *  @throws ReaderFault.NoService if the service does not run; it may be started later
     *  @throws IllegalStateException unless both system properties read {@code false} */
    public static Readers pcsc(ReaderSettings settings) throws ReaderFault.NoService {
        requireOwnGetResponse();
        try {
            return new Readers(TerminalFactory.getInstance("PC/SC", null), settings);
        } catch (NoSuchAlgorithmException noService) {
            throw new ReaderFault.NoService(Faults.code(noService), noService);
        }
    }

    /** The readers of any other provider.
     *
     *  @throws IllegalStateException unless both system properties read {@code false} */
    public static Readers over(TerminalFactory factory, ReaderSettings settings) {
        requireOwnGetResponse();
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

    /** Ends the watch over mute cards. */
    @Override
    public void close() {
        watchdog.close();
    }

    private static void requireOwnGetResponse() {
        for (String property : List.of(T0_GET_RESPONSE, T1_GET_RESPONSE)) {
            if (!"false".equals(System.getProperty(property))) {
                throw new IllegalStateException("readers are refused: start with -D" + property
                        + "=false, else the amount of a debit may be changed on its way to the card");
            }
        }
    }
}
