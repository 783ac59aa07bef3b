package cn.onecard.terminal.reader;

import java.time.Duration;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import org.jspecify.annotations.Nullable;

/** A reader over a {@link CardTerminal}. Holds at most one open link, and disconnects it as soon as the card is seen to be
 *  absent and before anything else touches it: once the JDK's provider has noticed a removal by itself it never frees the
 *  handle, and after 200 of those the reader is dead. */
final class TerminalReader implements Reader {
    private final CardTerminal terminal;
    private final ReaderSettings settings;
    private final Watchdog watchdog;
    /** The last link, open or not; written by the reader's one thread. */
    private @Nullable TerminalLink link;

    TerminalReader(CardTerminal terminal, ReaderSettings settings, Watchdog watchdog) {
        this.terminal = terminal;
        this.settings = settings;
        this.watchdog = watchdog;
    }

    @Override
    public String name() {
        return terminal.getName();
    }

    @Override
    public boolean cardPresent() throws ReaderFault {
        boolean present;
        try {
            present = terminal.isCardPresent();
        } catch (CardException e) {
            throw Faults.ofReader(name(), e);
        }
        if (!present) {
            endLink();
        }
        return present;
    }

    @Override
    public boolean awaitPresent(Duration atMost) throws ReaderFault, InterruptedException {
        return atMost.toMillis() == 0 ? cardPresent() : await(terminal::waitForCardPresent, atMost);
    }

    @Override
    public boolean awaitAbsent(Duration atMost) throws ReaderFault, InterruptedException {
        boolean absent = atMost.toMillis() == 0 ? !cardPresent() : await(terminal::waitForCardAbsent, atMost);
        if (absent) {
            endLink();
        }
        return absent;
    }

    @Override
    public CardLink connect() throws ReaderFault {
        endLink();
        try {
            TerminalLink fresh = new TerminalLink(name(), terminal.connect("*"), settings.trace(), watchdog);
            link = fresh;
            return fresh;
        } catch (CardException | IllegalStateException | IllegalArgumentException e) {
            throw Faults.ofReader(name(), e);
        }
    }

    /** A wait of the provider; 0 milliseconds would be for ever. */
    @FunctionalInterface
    private interface Wait {
        boolean atMost(long millis) throws CardException;
    }

    private boolean await(Wait wait, Duration atMost) throws ReaderFault, InterruptedException {
        try {
            return wait.atMost(atMost.toMillis());
        } catch (CardException e) {
            if (Faults.code(e).equals("SCARD_E_CANCELLED") && Thread.interrupted()) {
                throw new InterruptedException("the wait at reader " + name() + " was ended");
            }
            throw Faults.ofReader(name(), e);
        }
    }

    private void endLink() {
        if (link != null) {
            link.close(true);
            link = null;
        }
    }
}
