package cn.onecard.fare;

import cn.onecard.vocabulary.Money;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All that a ride may cost, where only its own tap is known and not what the card did before.
 *
 *  @param prices each possible price; none if the rules have no fare for the ride
 *  @param orLess whether it may cost less than that, because a cap or a price paid before may lower it to any amount */
public record Charges(List<Price> prices, boolean orLess) {
    public Charges {
        prices = List.copyOf(prices);
    }

    /** The price that explains a charge of a full fare, or empty if there is none. */
    public Optional<Price> find(Money fullFare, Money charge) {
        return prices.stream().filter(price -> price.fullFare().equals(fullFare))
                .filter(price -> price.charge().equals(charge) || (orLess && price.charge().compareTo(charge) > 0)).findFirst();
    }

    /** The highest charge, or empty if there is none. */
    public Optional<Money> findHighest() {
        return prices.stream().map(Price::charge).max(Comparator.naturalOrder());
    }

    /** The highest full fare, or empty if there is none. */
    public Optional<Money> findHighestFullFare() {
        return prices.stream().map(Price::fullFare).max(Comparator.naturalOrder());
    }
}
