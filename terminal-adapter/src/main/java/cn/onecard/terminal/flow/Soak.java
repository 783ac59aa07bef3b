package cn.onecard.terminal.flow;

import cn.onecard.terminal.card.CardRefused;
import cn.onecard.terminal.flow.SoakReport.Stays;
import cn.onecard.terminal.flow.SoakReport.Waiting;
import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.Reader;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.terminal.reader.Readers;
import cn.onecard.terminal.sim.CardProfile;
import cn.onecard.terminal.sim.PrivatePcscd;
import cn.onecard.terminal.sim.VirtualCard;
import cn.onecard.terminal.sim.VirtualPsam;
import cn.onecard.terminal.sim.VpcdClient;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Cards put in, used, snatched and torn away in the middle of a transaction, thousands of times in a row, in the virtual readers of
 *  a PC/SC service that this process has for itself; then the service is ended and started anew under the readers.
 *
 *  <p>The service looks for cards every 400 ms, so that one reader sees little more than one insertion a second, however fast we are:
 *  many readers work side by side. */
public final class Soak {
    /** The reader of the PSAM; the others are the citizens'. */
    private static final int PSAM_READER = 1;
    private static final int CITIZEN_READER = 0;
    private static final byte[] READ_TERMINAL_NUMBER = HexFormat.of().parseHex("00B0960006");
    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(5);

    private final PrivatePcscd service;
    private final Readers readers;
    private final VirtualPsam psam = VirtualPsam.personalised(new TerminalId(1), 1, List.of());

    /** A soak with those readers of a service that runs. */
    public Soak(PrivatePcscd service, Readers readers) {
        this.service = service;
        this.readers = readers;
    }

    /** Plays all of it.
     *
     *  @param booths how many readers take cards side by side
     *  @param insertions in all booths together
     *  @throws SoakFailed if a card is not served as it must be */
    public SoakReport run(int booths, int insertions) throws IOException, ReaderFault, CardRefused, InterruptedException, SoakFailed {
        Waiting waiting = whileAnotherReaderWaits();
        long start = System.nanoTime();
        Stays stays = stays(booths, insertions);
        return new SoakReport(waiting, stays, Duration.ofNanos(System.nanoTime() - start), restart());
    }

    /** Asks the PSAM for its number, again and again, while another thread waits at another reader for a card that does not come. */
    private Waiting whileAnotherReaderWaits() throws IOException, ReaderFault, CardRefused, InterruptedException, SoakFailed {
        Reader slot = reader(PSAM_READER);
        Reader empty = reader(CITIZEN_READER);
        List<Long> micros = new ArrayList<>();
        try (VpcdClient _ = VpcdClient.insert(psam, service.port(PSAM_READER)); ExecutorService threads = Executors.newSingleThreadExecutor()) {
            if (!slot.awaitPresent(SEEN_WITHIN)) {
                throw new SoakFailed("the PSAM is not seen");
            }
            CardLink link = slot.connect();
            Future<Boolean> waiting = threads.submit(() -> empty.awaitPresent(WAIT));
            while (!waiting.isDone()) {
                long start = System.nanoTime();
                link.transmit(READ_TERMINAL_NUMBER.clone());
                micros.add((System.nanoTime() - start) / 1_000);
            }
            link.close(true);
        }
        Collections.sort(micros);
        return new Waiting(micros.size(), micros.get(micros.size() / 2), micros.getLast());
    }

    private Stays stays(int booths, int insertions) throws ReaderFault, CardRefused, IOException, InterruptedException, SoakFailed {
        AtomicInteger left = new AtomicInteger(insertions);
        List<Future<Stays>> running = new ArrayList<>();
        Stays stays = Stays.NONE;
        try (ExecutorService threads = Executors.newFixedThreadPool(booths)) {
            for (int booth = 0; booth < booths; booth++) {
                int at = booth < PSAM_READER ? booth : booth + 1;
                SoakBooth each = new SoakBooth(reader(at), service.port(at), card(booth));
                running.add(threads.submit(() -> each.run(left)));
            }
            for (Future<Stays> booth : running) {
                stays = stays.plus(booth.get());
            }
        } catch (ExecutionException e) {
            throw rethrow(e);
        }
        return stays;
    }

    /** Ends the service and starts it anew, with a card in a reader before and after.
     *
     *  @return how long after the start a card had come, answered and gone, or empty if the service was not found again */
    private Optional<Duration> restart() throws IOException, ReaderFault, CardRefused, InterruptedException, SoakFailed {
        AtomicInteger once = new AtomicInteger(1);
        new SoakBooth(reader(CITIZEN_READER), service.port(CITIZEN_READER), card(0)).run(once);
        service.stop();
        service.start();
        long start = System.nanoTime();
        try {
            Reader again = reader(CITIZEN_READER);
            once.set(1);
            new SoakBooth(again, service.port(CITIZEN_READER), card(0)).run(once);
            return Optional.of(Duration.ofNanos(System.nanoTime() - start));
        } catch (ReaderFault.NoService lost) {
            return Optional.empty();
        }
    }

    private Reader reader(int number) throws ReaderFault {
        return readers.reader(PrivatePcscd.readerName(number));
    }

    private static VirtualCard card(int number) {
        CardProfile profile = new CardProfile(CardNo.ofDigits("%020d".formatted(number)), 1, CardKind.ORDINARY, 1, 1, Algorithm.TDES, 1,
                LocalDate.of(2020, 1, 1), LocalDate.of(2049, 12, 31), Money.ZERO, 0);
        return VirtualCard.personalised(profile, new byte[16], new byte[16]);
    }

    private static SoakFailed rethrow(ExecutionException e) throws ReaderFault, CardRefused, IOException {
        return switch (e.getCause()) {
            case ReaderFault fault -> throw fault;
            case CardRefused refused -> throw refused;
            case IOException io -> throw io;
            case SoakFailed failed -> failed;
            case null, default -> throw new IllegalStateException(e);
        };
    }
}
