package cn.onecard.terminal.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.terminal.tap.ProvisionalStore;
import cn.onecard.wire.TapFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The spool on a disk that fills up, fails and loses power. */
class FakeSpoolTest extends SpoolContract {
    private final FakeSpoolDisk disk = new FakeSpoolDisk();

    @Override
    SpoolDisk disk() {
        return disk;
    }

    static LongStream seeds() {
        long first = Long.getLong("seed.first", 1);
        return LongStream.range(first, first + Long.getLong("seed.tries", 100));
    }

    @Test
    void provisional_diskIsFull_isUnavailableBeforeTheDebitAndRecovers() throws Exception {
        try (Spool spool = Spool.open(disk, SMALL)) {
            disk.room(0);
            int seq = 1;
            ProvisionalStore.Unavailable full = null;
            while (full == null) {
                try {
                    spool.provisional(Frames.grey(1, seq));
                    spool.settled(Frames.paid(1, seq));
                    seq++;
                } catch (ProvisionalStore.Unavailable unavailable) {
                    full = unavailable;
                }
            }
            assertThat(full).hasCauseInstanceOf(SpoolFull.class).hasMessageContaining("no room");
            assertThat(frames(spool)).hasSize(seq - 1);
            disk.room(1 << 20);
            spool.provisional(Frames.grey(1, seq));
            spool.settled(Frames.paid(1, seq));
            assertThat(frames(spool)).hasSize(seq).last().isEqualTo(Frames.paid(1, seq));
        }
    }

    @Test
    void acknowledge_diskIsFull_stillForgets() throws Exception {
        try (Spool spool = Spool.open(disk, SMALL)) {
            spool.settled(Frames.paid(1, 1));
            disk.room(0);
            spool.acknowledge(spool.reader().take(1).getFirst().sequence(), 1);
            assertThat(spool.waiting()).isZero();
        }
        assertThat(frames(Spool.open(disk, SMALL))).hasSize(1);   // sent twice then, never lost
    }

    @Test
    void settled_syncFails_takesNothingMoreUntilOpenedAgain() throws Exception {
        FakeSpoolDisk left;
        try (Spool spool = Spool.open(disk, SMALL)) {
            spool.settled(Frames.paid(1, 1));
            disk.failSyncs();
            assertThatThrownBy(() -> spool.settled(Frames.paid(1, 2))).hasCauseInstanceOf(SpoolDamaged.class);
            assertThatThrownBy(() -> spool.settled(Frames.paid(1, 3))).hasCauseInstanceOf(SpoolDamaged.class);
            left = disk.copy();
        }
        assertThat(frames(Spool.open(left, SMALL))).startsWith(Frames.paid(1, 1));
    }

    @Test
    void settled_othersWaitForTheSync_shareTheNextOne() throws Exception {
        int threads = 20;
        try (Spool spool = Spool.open(disk, SMALL); ExecutorService lanes = Executors.newFixedThreadPool(threads)) {
            CountDownLatch gate = new CountDownLatch(1);
            disk.holdSyncs(gate);
            int before = disk.forces();
            List<Future<?>> done = new ArrayList<>();
            for (int psam = 1; psam <= threads; psam++) {
                TapFrame frame = Frames.paid(psam, 1);
                done.add(lanes.submit(() -> {
                    spool.settled(frame);
                    return frame;
                }));
            }
            disk.syncBegun().await();
            Awaitility.await().until(() -> spool.waiting() == threads);
            assertThat(done).noneMatch(Future::isDone);
            assertThat(frames(spool)).as("nothing is read before it is durable").isEmpty();
            gate.countDown();
            for (Future<?> one : done) {
                one.get();
            }
            assertThat(disk.forces() - before).isEqualTo(2);
            assertThat(frames(spool)).hasSize(threads);
        }
    }

    @Test
    void open_fileCutAtEveryByteOfItsLastRecords_keepsWhatWasBeforeAndDoublesNothing() throws Exception {
        List<Integer> ends = new ArrayList<>();
        try (Spool spool = Spool.open(disk, SMALL)) {
            for (int seq = 1; seq <= 4; seq++) {
                spool.settled(Frames.paid(1, seq));
                ends.add(usedBytes(disk));
            }
        }
        String name = Segment.name(1);
        for (int cut = ends.getFirst(); cut <= ends.getLast(); cut++) {
            FakeSpoolDisk left = disk.copy();
            left.truncate(name, cut);
            int whole = cut;
            long kept = ends.stream().filter(end -> end <= whole).count();
            try (Spool spool = Spool.open(left, SMALL)) {
                assertThat(frames(spool)).as("cut at %d", cut).extracting(TapFrame::terminalSerial)
                        .containsExactlyElementsOf(LongStream.rangeClosed(1, kept).boxed().toList());
                spool.settled(Frames.paid(1, 99));
            }
            try (Spool again = Spool.open(left, SMALL)) {
                assertThat(frames(again)).as("cut at %d", cut).hasSize((int) kept + 1).last().isEqualTo(Frames.paid(1, 99));
            }
        }
    }

    @Test
    void open_oneBitFlippedInTheLastRecord_isCutOff() throws Exception {
        int before;
        int after;
        try (Spool spool = Spool.open(disk, SMALL)) {
            spool.settled(Frames.paid(1, 1));
            before = usedBytes(disk);
            spool.settled(Frames.paid(1, 2));
            after = usedBytes(disk);
        }
        for (int offset = before; offset < after; offset++) {
            FakeSpoolDisk left = disk.copy();
            left.flip(Segment.name(1), offset);
            assertThat(frames(Spool.open(left, SMALL))).as("flipped at %d", offset).containsExactly(Frames.paid(1, 1));
        }
    }

    @Test
    void open_soundRecordsBehindABadOne_areKeptAside() throws Exception {
        int firstEnd;
        try (Spool spool = Spool.open(disk, SMALL)) {
            spool.settled(Frames.paid(1, 1));
            firstEnd = usedBytes(disk);
            spool.settled(Frames.paid(1, 2));
            spool.settled(Frames.paid(1, 3));
        }
        disk.flip(Segment.name(1), firstEnd + 20);
        assertThat(frames(Spool.open(disk, SMALL))).containsExactly(Frames.paid(1, 1));
        assertThat(disk.list()).contains("torn-" + Segment.name(1));
    }

    @Test
    void open_acknowledgedMarkIsUnsound_sendsAgainAndLosesNothing() throws Exception {
        try (Spool spool = Spool.open(disk, SMALL)) {
            spool.settled(Frames.paid(1, 1));
            spool.settled(Frames.paid(1, 2));
            spool.acknowledge(spool.reader().take(1).getFirst().sequence(), 1);
        }
        disk.flip(AcknowledgedMark.NAME, 9);
        assertThat(frames(Spool.open(disk, SMALL))).hasSize(2);
    }

    @Test
    void open_segmentInTheMiddleIsMissing_refuses() throws Exception {
        try (Spool spool = Spool.open(disk, new Spool.Bounds(1 << 16, 10))) {
            for (int seq = 1; seq <= 3000; seq++) {
                spool.settled(Frames.paid(1, seq));
            }
        }
        disk.delete(disk.list().stream().filter(Segment::isName).skip(1).findFirst().orElseThrow());
        assertThatThrownBy(() -> Spool.open(disk, SMALL)).isInstanceOf(SpoolDamaged.class).hasMessageContaining("missing");
    }

    @Test
    void settled_twoHundredThousandTaps_fitIntoTheDefaultBound() throws Exception {
        try (Spool spool = Spool.open(disk, Spool.Bounds.DEFAULT)) {
            for (int seq = 1; seq <= 200_000; seq++) {
                spool.provisional(Frames.grey(1, seq));
                spool.settled(Frames.paid(1, seq));
            }
            assertThat(spool.waiting()).isEqualTo(200_000);
        }
    }

    /** Random taps of three PSAMs with acknowledgements in between, then the power goes: every confirmed tap is there, no tap
     *  is there twice, and no refused debit became a grey record. */
    @ParameterizedTest
    @MethodSource("seeds")
    void open_afterAPowerCut_holdsExactlyWhatWasConfirmed(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<TapFrame> confirmed = new ArrayList<>();
        FakeSpoolDisk current = new FakeSpoolDisk();
        for (int life = 0; life < 4; life++) {
            Spool spool = Spool.open(current, SMALL);
            assertThat(frames(spool)).as("seed %d, life %d", seed, life).containsExactlyElementsOf(confirmed);
            for (int step = 0; step < 30; step++) {
                step(spool, random, confirmed, life * 1000 + step);
            }
            TapFrame unknown = Frames.grey(4, life);
            spool.provisional(unknown);
            confirmed.add(unknown);
            current.failSyncs();
            assertThatThrownBy(() -> spool.settled(Frames.paid(5, 1))).isInstanceOf(ProvisionalStore.Unavailable.class);
            current = current.afterPowerCut(random);
            List<TapFrame> left = frames(Spool.open(current, SMALL));
            if (left.contains(Frames.paid(5, 1))) {   // not confirmed, yet whole on disk: it may stay
                confirmed.add(confirmed.size() - 1, Frames.paid(5, 1));
            }
            assertThat(left).as("seed %d, life %d", seed, life).containsExactlyElementsOf(confirmed);
        }
    }

    private static void step(Spool spool, SplittableRandom random, List<TapFrame> confirmed, int seq) throws Exception {
        long psam = random.nextInt(1, 4);
        switch (random.nextInt(4)) {
            case 0 -> {
                spool.provisional(Frames.grey(psam, seq));
                spool.dropped(Frames.grey(psam, seq).key());
            }
            case 1 -> acknowledgeSome(spool, random, confirmed);
            default -> {
                spool.provisional(Frames.grey(psam, seq));
                spool.settled(Frames.paid(psam, seq));
                confirmed.add(Frames.paid(psam, seq));
            }
        }
    }

    private static void acknowledgeSome(Spool spool, SplittableRandom random, List<TapFrame> confirmed) throws IOException {
        List<SpooledTap> taps = spool.reader().take(random.nextInt(1, 10));
        if (!taps.isEmpty()) {
            spool.acknowledge(taps.getLast().sequence(), taps.size());
            confirmed.subList(0, taps.size()).clear();
        }
    }

    private static int usedBytes(FakeSpoolDisk disk) {
        byte[] bytes = disk.find(Segment.name(1)).orElseThrow();
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }
}
