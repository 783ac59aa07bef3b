package cn.onecard.fare;

import cn.onecard.vocabulary.Money;
import java.util.List;
import java.util.stream.Collectors;

/** What a ride costs, and how that comes about.
 *
 *  @param fullFare of an ordinary card, before all that the steps take off it
 *  @param charge what is charged; never negative
 *  @param group of the ride, by which transfers from it are found
 *  @param transfers how many rides in a row are transfers now; 0 if this one is none
 *  @param steps from the full fare to the charge, each with its rule and what is due after it */
public record Price(Money fullFare, Money charge, String group, int transfers, List<Step> steps) implements Pricing {
    public Price {
        steps = List.copyOf(steps);
    }

    /** A step to a price.
     *
     *  @param rule the rule that was applied
     *  @param due what is due after it, in fen */
    public record Step(Rule rule, ExactFen due) {
        /** For example {@code 142 1/2 fen by concession,STUDENT,75}. */
        @Override
        public String toString() {
            return due + " fen by " + rule.text();
        }
    }

    /** All steps in one line. */
    public String explanation() {
        return steps.stream().map(Step::toString).collect(Collectors.joining("; "));
    }
}
