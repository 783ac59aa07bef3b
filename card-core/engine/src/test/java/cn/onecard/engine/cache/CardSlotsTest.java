package cn.onecard.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle is a map. */
class CardSlotsTest {
    private static final int FEW = 1 << 14;
    private static final int MANY = 1 << 18;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void find_amongCardsOfAllKinds_givesWhatWasPutLast(long seed) {
        Random random = new Random(seed);
        CardSlots slots = new CardSlots(2, MANY);
        Map<Long, List<Long>> oracle = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            long card = random.nextInt(4) == 0 ? random.nextLong() : 0x1234_5678_0000_0000L + random.nextInt(60_000);
            int number = 1 + random.nextInt(1_000);
            long first = random.nextLong();
            slots.put(card, number, first, ~first);
            oracle.put(card, List.of((long) number, first, ~first));
        }

        oracle.forEach((card, expected) -> {
            long[] beside = new long[2];
            assertThat(List.of((long) slots.find(card, beside), beside[0], beside[1])).isEqualTo(expected);
        });
        assertThat(slots.count()).isEqualTo(oracle.size());
        assertThat(slots.isFull()).isFalse();
    }

    @Test
    void find_cardNeverPut_isNothing() {
        CardSlots slots = new CardSlots(0, FEW);
        slots.put(7, 1);

        assertThat(slots.find(8, new long[0])).isZero();
    }

    @Test
    void put_whenFull_keepsItsBoundAndNeverAnswersForAnotherCard() {
        CardSlots slots = new CardSlots(1, FEW);
        LongStream.range(0, 10L * FEW).forEach(card -> slots.put(card, 1, -card));

        assertThat(slots.count()).isLessThanOrEqualTo(FEW / 4 * 3).isGreaterThan(FEW / 10 * 7);
        assertThat(slots.isFull()).isTrue();
        long kept = LongStream.range(0, 10L * FEW).filter(card -> {
            long[] beside = new long[1];
            boolean found = slots.find(card, beside) != 0;
            assertThat(found && beside[0] != -card).isFalse();
            return found;
        }).count();
        assertThat(kept).isEqualTo(slots.count());
    }

    @Test
    void put_whenFull_letsMostNewCardsIn() {
        CardSlots slots = new CardSlots(0, FEW);
        LongStream.range(0, 2L * FEW).forEach(card -> slots.put(card, 1));

        long letIn = LongStream.range(5L * FEW, 5L * FEW + 1_000).filter(card -> {
            slots.put(card, 2);
            return slots.find(card, new long[0]) == 2;
        }).count();

        assertThat(letIn).isGreaterThan(600);
    }

    @Test
    void put_byManyThreads_losesNothing() {
        CardSlots slots = new CardSlots(0, MANY);
        CompletableFuture<?>[] all = IntStream.range(0, 4).mapToObj(thread -> CompletableFuture.runAsync(
                () -> LongStream.range(0, 20_000).forEach(card -> slots.put(card * 4 + thread, thread + 1)))).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();

        assertThat(LongStream.range(0, 80_000).allMatch(card -> slots.find(card, new long[0]) == card % 4 + 1)).isTrue();
        assertThat(slots.count()).isEqualTo(80_000);
    }

    @Test
    void put_numberThatMeansNothing_isRefused() {
        CardSlots slots = new CardSlots(1, FEW);

        assertThatThrownBy(() -> slots.put(1, 0, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> slots.put(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CardSlots(0, FEW - 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
