package cn.onecard.settlement.city;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.settlement.city.CityPayments.Act;
import cn.onecard.settlement.city.CityPayments.Errand;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do at counters can be done: a wallet is opened and filled before it pays, only what was done is taken back, and once. */
final class CityPaymentsTest {
    private static final Map<Act, Act> TAKES_BACK = Map.of(Act.REFUND, Act.SALE, Act.CANCEL_BILL, Act.BILL, Act.CANCEL_VISIT, Act.VISIT);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42})
    void make_anySeed_canBeDone(long seed) {
        City city = GeneratedCity.make(seed, BusinessDate.parse("2026-11-20"), 1_600, 10);
        List<Errand> errands = CityPayments.make(seed, city);
        Map<String, Errand> byKey = new HashMap<>();
        Map<CardNo, Set<Act>> done = new HashMap<>();
        Set<String> takenBack = new HashSet<>();
        for (Errand errand : errands) {
            assertThat(byKey.put(errand.key(), errand)).isNull();
            assertThat(CityPayments.COUNTERS).containsKey(errand.caller());
            Set<Act> before = done.computeIfAbsent(errand.card(), card -> new HashSet<>());
            if (errand.act() == Act.OPEN) {
                assertThat(before).isEmpty();
            } else {
                assertThat(before).contains(Act.OPEN);
                assertThat(before.contains(Act.CASH) || before.contains(Act.DEPOSIT)).isEqualTo(errand.act() != Act.CASH && errand.act() != Act.DEPOSIT);
            }
            assertThat(errand.earlier().isEmpty()).isEqualTo(!TAKES_BACK.containsKey(errand.act()));
            if (!errand.earlier().isEmpty()) {
                Errand earlier = Optional.ofNullable(byKey.get(errand.earlier())).orElseThrow();
                assertThat(earlier.act()).isEqualTo(TAKES_BACK.get(errand.act()));
                assertThat(earlier.card()).isEqualTo(errand.card());
                assertThat(takenBack.add(earlier.key())).isTrue();
            }
            before.add(errand.act());
        }
        assertThat(done).hasSize(CityPayments.owners(city));
        assertThat(errands.stream().map(Errand::act)).contains(Act.values());
        assertThat(CityPayments.make(seed, city)).isEqualTo(errands);
    }
}
