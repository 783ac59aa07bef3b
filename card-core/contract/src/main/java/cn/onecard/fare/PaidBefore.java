package cn.onecard.fare;

import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.ServiceCode;
import java.util.Map;
import java.util.Optional;

/** What a card was charged before a ride, on the same event date and in the same month, each by service.
 *
 *  @param day services not named: nothing
 *  @param month services not named: nothing; holds what {@code day} holds */
public record PaidBefore(Map<ServiceCode, Money> day, Map<ServiceCode, Money> month) {
    /** Nothing. */
    public static final PaidBefore NOTHING = new PaidBefore(Map.of(), Map.of());

    public PaidBefore {
        day = Map.copyOf(day);
        month = Map.copyOf(month);
    }

    /** What was paid in a period.
     *
     *  @param service empty for all of them */
    Money in(Period period, Optional<ServiceCode> service) {
        Map<ServiceCode, Money> paid = period == Period.DAY ? day : month;
        return service.map(one -> paid.getOrDefault(one, Money.ZERO))
                .orElseGet(() -> paid.values().stream().reduce(Money.ZERO, Money::plus));
    }
}
