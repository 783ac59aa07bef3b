package cn.onecard.fare;

import cn.onecard.vocabulary.Money;
import java.util.List;
import java.util.Optional;

/** The fare with which a price begins.
 *
 *  @param rule the rule that says so
 *  @param full what an ordinary card pays
 *  @param ofKind what this kind of card pays, if the rule says that too; then no concession comes on top
 *  @param group of the ride, if the rule says it
 *  @param onlySteps the steps that may change it; empty: all of them */
record Base(Rule rule, Money full, Optional<Money> ofKind, Optional<String> group, Optional<List<StepKind>> onlySteps) implements Start {
    /** A fare that is the same for all kinds of cards. */
    static Base of(Rule rule, Money full) {
        return new Base(rule, full, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Nothing is due, and nothing changes that. */
    static Base nothing(Rule rule) {
        return of(rule, Money.ZERO).changedOnlyBy(List.of());
    }

    Base by(Rule other) {
        return new Base(other, full, ofKind, group, onlySteps);
    }

    Base changedOnlyBy(List<StepKind> steps) {
        return new Base(rule, full, ofKind, group, Optional.of(steps));
    }

    boolean mayBeChangedBy(StepKind step) {
        return onlySteps.isEmpty() || onlySteps.get().contains(step);
    }
}
