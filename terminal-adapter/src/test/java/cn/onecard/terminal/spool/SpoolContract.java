package cn.onecard.terminal.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.terminal.tap.ProvisionalStore;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.wire.TapCodec;
import cn.onecard.wire.TapFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What the spool promises on every disk. */
abstract class SpoolContract {
    static final Spool.Bounds SMALL = new Spool.Bounds(1 << 16, 4);

    /** The disk of this test: the same one at every call. */
    abstract SpoolDisk disk() throws IOException;

    @Test
    void settled_afterProvisional_isSentOnceAndFinal() throws Exception {
        try (Spool spool = Spool.open(disk(), SMALL)) {
            spool.provisional(Frames.grey(1, 7));
            assertThat(spool.waiting()).isZero();
            spool.settled(Frames.paid(1, 7));
            assertThat(frames(spool)).containsExactly(Frames.paid(1, 7));
        }
        try (Spool again = Spool.open(disk(), SMALL)) {
            assertThat(frames(again)).containsExactly(Frames.paid(1, 7));
        }
    }

    @Test
    void dropped_afterProvisional_leavesNothing() throws Exception {
        try (Spool spool = Spool.open(disk(), SMALL)) {
            spool.provisional(Frames.grey(1, 7));
            spool.dropped(Frames.grey(1, 7).key());
        }
        try (Spool again = Spool.open(disk(), SMALL)) {
            assertThat(frames(again)).isEmpty();
        }
    }

    @Test
    void dropped_withoutProvisional_isADefect() throws Exception {
        try (Spool spool = Spool.open(disk(), SMALL)) {
            TapKey unknown = Frames.grey(1, 7).key();
            assertThatThrownBy(() -> spool.dropped(unknown)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void open_provisionalWithoutEnd_becomesAGreyFrameOnce() throws Exception {
        Spool.open(disk(), SMALL).provisional(Frames.grey(1, 7));
        Spool.open(disk(), SMALL).close();
        try (Spool again = Spool.open(disk(), SMALL)) {
            assertThat(frames(again)).containsExactly(Frames.grey(1, 7));
        }
    }

    @Test
    void provisional_samePsamHasAnOpenOne_filesThatAsGrey() throws Exception {
        try (Spool spool = Spool.open(disk(), SMALL)) {
            spool.provisional(Frames.grey(1, 7));
            spool.provisional(Frames.grey(1, 8));
            spool.settled(Frames.paid(1, 8));
            assertThat(frames(spool)).containsExactly(Frames.grey(1, 7), Frames.paid(1, 8));
        }
    }

    @Test
    void acknowledge_partOfTheTaps_leavesTheRestInOrderAfterReopen() throws Exception {
        try (Spool spool = Spool.open(disk(), SMALL)) {
            for (int seq = 1; seq <= 10; seq++) {
                spool.settled(Frames.paid(1 + seq % 2, seq));
            }
            spool.acknowledge(spool.reader().take(4).getLast().sequence(), 4);
            assertThat(spool.waiting()).isEqualTo(6);
        }
        try (Spool again = Spool.open(disk(), SMALL)) {
            assertThat(again.waiting()).isEqualTo(6);
            assertThat(frames(again)).extracting(TapFrame::terminalSerial).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
            again.settled(Frames.paid(1, 11));
            assertThat(frames(again)).hasSize(7);
        }
    }

    @Test
    void acknowledge_moreThanWasSpooled_isADefect() throws Exception {
        try (Spool spool = Spool.open(disk(), SMALL)) {
            spool.settled(Frames.paid(1, 1));
            assertThatThrownBy(() -> spool.acknowledge(99, 1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void acknowledge_wholeSegments_freesTheirRoomForMore() throws Exception {
        try (Spool spool = Spool.open(disk(), SMALL)) {
            SpoolReader reader = spool.reader();
            for (int seq = 1; seq <= 1000; seq++) {
                spool.provisional(Frames.grey(1, seq));
                spool.settled(Frames.paid(1, seq));
                if (seq % 25 == 0) {
                    List<SpooledTap> taps = reader.take(25);
                    spool.acknowledge(taps.getLast().sequence(), taps.size());
                }
            }
            assertThat(spool.waiting()).isZero();
            assertThat(disk().list()).hasSizeLessThanOrEqualTo(3);
        }
    }

    @Test
    void provisional_boundReached_isUnavailableAndTheOpenTapIsStillFiled() throws Exception {
        try (Spool spool = Spool.open(disk(), SMALL)) {
            int filed = fill(spool);
            assertThat(frames(spool)).hasSize(filed);
            spool.settled(Frames.paid(1, filed + 1L));   // its provisional record was taken: it has its room
            assertThat(frames(spool)).hasSize(filed + 1);
            List<SpooledTap> all = spool.reader().take(Integer.MAX_VALUE);
            spool.acknowledge(all.getLast().sequence(), all.size());
            spool.provisional(Frames.grey(2, 1));
            spool.settled(Frames.paid(2, 1));
            assertThat(frames(spool)).containsExactly(Frames.paid(2, 1));
        }
    }

    @Test
    void acknowledge_segmentHoldsAnOpenProvisional_isNotForgotten() throws Exception {
        Spool spool = Spool.open(disk(), SMALL);
        spool.provisional(Frames.grey(9, 1));
        for (int seq = 1; seq <= 600; seq++) {
            spool.settled(Frames.paid(1, seq));
        }
        List<SpooledTap> all = spool.reader().take(1000);
        spool.acknowledge(all.getLast().sequence(), all.size());
        try (Spool again = Spool.open(disk(), SMALL)) {
            assertThat(frames(again)).containsExactly(Frames.grey(9, 1));
        }
    }

    @Test
    void settled_byManyThreads_keepsEveryTapAndTheOrderOfEachPsam() throws Exception {
        int psams = 16;
        int taps = 40;
        try (Spool spool = Spool.open(disk(), new Spool.Bounds(1 << 16, 40)); ExecutorService lanes = Executors.newFixedThreadPool(psams)) {
            List<Future<?>> done = new ArrayList<>();
            for (int psam = 1; psam <= psams; psam++) {
                int lane = psam;
                done.add(lanes.submit(() -> {
                    for (int seq = 1; seq <= taps; seq++) {
                        spool.provisional(Frames.grey(lane, seq));
                        spool.settled(Frames.paid(lane, seq));
                    }
                    return lane;
                }));
            }
            for (Future<?> lane : done) {
                lane.get();
            }
            List<TapFrame> frames = frames(spool);
            assertThat(frames).hasSize(psams * taps);
            for (long psam = 1; psam <= psams; psam++) {
                long lane = psam;
                assertThat(frames.stream().filter(f -> f.key().terminal().value() == lane).map(f -> f.key().psamSeq()))
                        .hasSize(taps).isSorted();
            }
        }
    }

    /** Taps from PSAM 1 until the bound; the last one is left open. */
    private static int fill(Spool spool) throws Exception {
        for (int seq = 1; ; seq++) {
            spool.provisional(Frames.grey(1, seq));
            try {
                spool.provisional(Frames.grey(2, seq));
                spool.dropped(Frames.grey(2, seq).key());
            } catch (ProvisionalStore.Unavailable full) {
                assertThat(full).hasCauseInstanceOf(SpoolFull.class);
                return seq - 1;
            }
            spool.settled(Frames.paid(1, seq));
        }
    }

    static List<TapFrame> frames(Spool spool) throws IOException {
        return spool.reader().take(Integer.MAX_VALUE).stream().map(tap -> TapCodec.fromProto(tap.tap())).toList();
    }
}
