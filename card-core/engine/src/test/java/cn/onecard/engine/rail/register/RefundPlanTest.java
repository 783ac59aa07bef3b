package cn.onecard.engine.rail.register;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.rail.register.RefundPlan.LineLeft;
import cn.onecard.engine.rail.register.RefundPlan.Outcome;
import cn.onecard.vocabulary.Money;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes back of a sale. */
class RefundPlanTest {
    private static final CallKey CALL = CallKey.ofCaller("shop", "refund");
    private static final Map<Integer, LineLeft> LINES = Map.of(1, new LineLeft(3_000, Money.ofFen(1_000), 0), 2, new LineLeft(1_000, Money.ofFen(500), 0));

    @Test
    void decide_partOfALine_givesBackItsShareOfTheNetAmount() {
        assertThat(decide(1_498, LINES, part(1, 1_000))).isEqualTo(333);
        assertThat(decide(1_498, LINES, part(1, 2_000), part(2, 1_000))).isEqualTo(667 + 500);
    }

    @Test
    void decide_theLastOfEverything_givesBackTheRoundingAsWell() {
        assertThat(decide(1_498, LINES, part(1, 3_000), part(2, 1_000))).isEqualTo(1_498);
    }

    @Test
    void decide_moreThanThereIs_isRefused() {
        RefundPlan plan = new RefundPlan(Money.ofFen(700), LINES);
        assertThat(plan.decide(ask(part(3, 1)))).isEqualTo(new Outcome.Refused(SaleRefusal.LINE_UNKNOWN));
        assertThat(plan.decide(ask(part(1, 3_001)))).isEqualTo(new Outcome.Refused(SaleRefusal.ABOVE_LINE));
        assertThat(plan.decide(ask(part(1, 3_000)))).isEqualTo(new Outcome.Refused(SaleRefusal.ABOVE_SALE));
        assertThat(plan.decide(new RefundAsk(CALL, OrderId.of(CALL), List.of(), Optional.of(Money.ofFen(701)), ""))).isEqualTo(new Outcome.Refused(SaleRefusal.ABOVE_SALE));
        assertThat(new RefundPlan(Money.ZERO, LINES).decide(ask())).isEqualTo(new Outcome.Refused(SaleRefusal.NOTHING_LEFT));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void decide_partByPart_givesBackTheWholeAndNoMore(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            long net = random.nextLong(5_000, 100_000);
            long qty = random.nextLong(1, 50);
            long paid = net + random.nextLong(-9, 10);
            long back = 0;
            for (long backMilli = 0; backMilli < qty; ) {
                long milli = random.nextLong(1, qty - backMilli + 1);
                back += decide(paid - back, Map.of(1, new LineLeft(qty, Money.ofFen(net), backMilli)), part(1, milli));
                backMilli += milli;
            }
            assertThat(back).isEqualTo(paid);
        }
    }

    private static long decide(long left, Map<Integer, LineLeft> lines, RefundAsk.Part... parts) {
        return new RefundPlan(Money.ofFen(left), lines).decide(ask(parts)) instanceof Outcome.Back back ? back.amount().fen() : -1;
    }

    private static RefundAsk.Part part(int lineNo, long milli) {
        return new RefundAsk.Part(lineNo, milli);
    }

    private static RefundAsk ask(RefundAsk.Part... parts) {
        return new RefundAsk(CALL, OrderId.of(CALL), List.of(parts), Optional.empty(), "");
    }
}
