package cn.onecard.terminal.flow;

import cn.onecard.terminal.card.CardFamily;
import cn.onecard.terminal.card.CardRefused;
import cn.onecard.terminal.card.PurchaseTerms;
import cn.onecard.terminal.card.Purse;
import cn.onecard.terminal.card.StatusWord;
import cn.onecard.terminal.flow.SoakReport.Stays;
import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.Reader;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.terminal.sim.VirtualCard;
import cn.onecard.terminal.sim.VirtualDevice;
import cn.onecard.terminal.sim.VpcdClient;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.Debit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One reader of a {@link Soak}, into which the same card is put again and again. One stay in ten ends in the middle of a command,
 *  each command of a purchase in turn; one in ten while the conversation is open; the others as they should. */
final class SoakBooth {
    /** SELECT of environment and purse, files 0016 and 0017, balance, INIT, DEBIT. */
    private static final int COMMANDS = 7;
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(1);
    private static final Duration GONE_WITHIN = Duration.ofSeconds(5);
    /** After a failed command the service overlooks a card that comes before it has looked twice. */
    private static final Duration AFTER_A_PULL = Duration.ofMillis(600);
    private static final int TRIES = 5;
    private static final EventTime NOON = new EventTime(0x20261125120000L);

    private final Reader reader;
    private final int port;
    private final Torn chip;

    SoakBooth(Reader reader, int port, VirtualCard card) {
        this.reader = reader;
        this.port = port;
        this.chip = new Torn(card);
    }

    /** Puts the card in until all booths together have had it in often enough.
     *
     *  @param left how many stays are left for all booths
     *  @throws SoakFailed if the card is not served as it must be */
    Stays run(AtomicInteger left) throws IOException, ReaderFault, CardRefused, InterruptedException, SoakFailed {
        Stays stays = Stays.NONE;
        for (int stay = left.getAndDecrement(); stay > 0; stay = left.getAndDecrement()) {
            stays = stays.plus(switch (stay % 10) {
                case 0 -> pulled(1 + stay / 10 % COMMANDS);
                case 5 -> served(true);
                default -> served(false);
            });
        }
        return stays;
    }

    private Stays served(boolean snatched) throws IOException, ReaderFault, CardRefused, InterruptedException, SoakFailed {
        chip.tearAt(0);
        Inserted in = insert();
        try (in) {
            CardLink link = reader.connect();
            purchase(link);
            if (!snatched) {
                link.close(true);
            }
        }
        awaitGone();
        return new Stays(1, 0, snatched ? 1 : 0, in.overlooked);
    }

    private Stays pulled(int command) throws IOException, ReaderFault, CardRefused, InterruptedException, SoakFailed {
        Inserted in = insert();
        try (in) {
            CardLink link = reader.connect();
            chip.tearAt(command);
            purchase(link);
            throw new SoakFailed("reader " + reader.name() + ": the card was torn away at command " + command + ", and its answer came all the same");
        } catch (ReaderFault.CardGone expected) {
            chip.tearAt(0);
        }
        awaitGone();
        Thread.sleep(AFTER_A_PULL);
        return new Stays(1, 1, 0, in.overlooked);
    }

    /** As far as a purchase goes without the PSAM's key: the card refuses the debit, but it has been sent. */
    private static void purchase(CardLink link) throws ReaderFault, CardRefused, SoakFailed {
        Purse purse = Purse.select(link, CardFamily.STANDARD);
        purse.read();
        purse.initForPurchase(new PurchaseTerms(Money.ZERO, Debit.PURCHASE, new TerminalId(1), NOON), 1);
        try {
            purse.debit(1, NOON, 0);
            throw new SoakFailed("the card debited without a key");
        } catch (CardRefused refused) {
            if (refused.status() != StatusWord.MAC_WRONG) {
                throw refused;
            }
        }
    }

    private Inserted insert() throws IOException, ReaderFault, InterruptedException, SoakFailed {
        for (int overlooked = 0; overlooked < TRIES; overlooked++) {
            VpcdClient client = VpcdClient.insert(chip, port);
            chip.client = client;
            if (reader.awaitPresent(SEEN_WITHIN)) {
                return new Inserted(client, overlooked);
            }
            client.close();
            awaitGone();
        }
        throw new SoakFailed("reader " + reader.name() + " has not seen its card " + TRIES + " times");
    }

    private void awaitGone() throws ReaderFault, InterruptedException, SoakFailed {
        if (!reader.awaitAbsent(GONE_WITHIN)) {
            throw new SoakFailed("reader " + reader.name() + " still sees the card that was taken out");
        }
    }

    /** A card in the reader.
     *
     *  @param overlooked how often it had to be put in again before */
    private record Inserted(VpcdClient client, int overlooked) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    /** A chip that leaves the reader in the middle of one command. */
    private static final class Torn implements VirtualDevice {
        private final VirtualDevice inner;
        /** The command, counted from now, in the middle of which it leaves; 0 for none. Written by the booth. */
        private final AtomicInteger tearAt = new AtomicInteger();
        /** Its way into the reader; written by the booth before the first command. */
        private volatile @Nullable VpcdClient client;

        Torn(VirtualDevice inner) {
            this.inner = inner;
        }

        void tearAt(int command) {
            tearAt.set(command);
        }

        @Override
        public byte[] atr() {
            return inner.atr();
        }

        @Override
        public byte[] process(byte[] command) {
            byte[] answer = inner.process(command);
            VpcdClient in = client;
            if (tearAt.get() > 0 && tearAt.decrementAndGet() == 0 && in != null) {
                try {
                    in.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return answer;
        }

        @Override
        public void reset() {
            inner.reset();
        }
    }
}
