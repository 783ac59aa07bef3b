package cn.onecard.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.receive.Arrival;
import cn.onecard.engine.receive.ReceivedBatch;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.wire.proto.Tap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose batches a lane takes next. */
class TurnsTest {
    private static final int ENOUGH = 1_024;

    private final Turns turns = new Turns();

    @Test
    void take_oneGatewayFloods_takesTheOthersTapsInTheSameCommit() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            turns.add(batch("flood", i, 500));
        }
        for (int i = 0; i < 50; i++) {
            turns.add(batch("bus", i, 1));
            turns.add(batch("metro", i, 1));
        }
        List<Handed> first = turns.take(ENOUGH, 0);
        assertThat(first).filteredOn(handed -> handed.gateway().equals("bus")).hasSize(50);
        assertThat(first).filteredOn(handed -> handed.gateway().equals("metro")).hasSize(50);
        assertThat(first).filteredOn(handed -> handed.gateway().equals("flood")).hasSize(2);
    }

    @Test
    void take_oneGatewayAlone_takesItsBatchesUpToEnough() throws InterruptedException {
        for (int i = 0; i < 2_000; i++) {
            turns.add(batch("bus", i, 1));
        }
        assertThat(turns.take(ENOUGH, 0)).hasSize(ENOUGH);
        assertThat(turns.taps()).isEqualTo(2_000 - ENOUGH);
    }

    @Test
    void take_nothingWaits_isEmptyAfterItsTime() throws InterruptedException {
        assertThat(turns.take(ENOUGH, 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void take_anyMixture_givesEveryBatchOnceAndThoseOfAGatewayInOrder(long seed) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Integer> added = new HashMap<>();
        List<Handed> taken = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String gateway = "gateway-" + random.nextInt(1 + random.nextInt(12));
            turns.add(batch(gateway, added.merge(gateway, 1, Integer::sum), random.nextInt(200)));
            if (random.nextInt(10) == 0) {
                taken.addAll(turns.take(1 + random.nextInt(ENOUGH), 0));
            }
        }
        taken.addAll(turns.takeAll());
        assertThat(turns.taps()).isZero();
        Map<String, Integer> seen = new HashMap<>();
        assertThat(taken).hasSize(2_000).allSatisfy(handed ->
                assertThat(handed.batch().batchNo()).isEqualTo(seen.merge(handed.gateway(), 1, Integer::sum).longValue()));
        assertThat(seen).isEqualTo(added);
    }

    private static Handed batch(String gateway, long number, int taps) {
        ReceivedTap tap = new ReceivedTap.Malformed("nothing", new Arrival(gateway, Instant.EPOCH, Tap.getDefaultInstance()));
        return new Handed(gateway, new ReceivedBatch(number, Collections.nCopies(taps, tap)), new CompletableFuture<>());
    }
}
