package cn.onecard.settlement.city;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.settlement.city.CityPayments.Act;
import cn.onecard.settlement.city.CityPayments.Payment;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a city pays on line can be paid: no wallet is overdrawn, no order gives back more than it took. */
final class CityPaymentsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42})
    void make_anySeed_canBePaid(long seed) {
        City city = GeneratedCity.make(seed, BusinessDate.parse("2026-11-20"), 400, 10);
        List<Payment> payments = CityPayments.make(seed, city);
        Map<CardNo, Money> wallets = new HashMap<>();
        Map<String, Money> orders = new HashMap<>();
        for (Payment payment : payments) {
            orders.put(payment.key(), payment.amount());
            Money change = switch (payment.act()) {
                case DEPOSIT, REFUND -> payment.amount();
                case PAY, CAPTURE -> payment.amount().negated();
                case HOLD, VOID -> Money.ZERO;
            };
            assertThat(wallets.merge(payment.card(), change, Money::plus).isNegative()).as("seed %d: %s", seed, payment).isFalse();
            assertThat(payment.orderKey().isEmpty()).isEqualTo(List.of(Act.DEPOSIT, Act.PAY, Act.HOLD).contains(payment.act()));
            if (!payment.orderKey().isEmpty()) {
                assertThat(payment.amount()).isLessThanOrEqualTo(orders.getOrDefault(payment.orderKey(), Money.ZERO)).isGreaterThan(Money.ZERO);
            }
        }
        assertThat(payments.stream().map(Payment::act)).contains(Act.values());
        assertThat(CityPayments.make(seed, city)).isEqualTo(payments);
    }
}
