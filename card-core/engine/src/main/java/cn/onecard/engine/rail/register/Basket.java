package cn.onecard.engine.rail.register;

import cn.onecard.vocabulary.Money;
import java.util.List;
import java.util.Optional;

/** What was bought at once (购物篮), as the till says; whether it adds up is for {@link BasketCheck} to say.
 *
 *  @param totals as the till adds them up
 *  @param tax as the till adds it up, if it says so
 *  @param rounding what was added to the net total so that it can be paid (抹零) */
public record Basket(List<SaleLine> lines, SaleLine.Amounts totals, Optional<Money> tax, Money rounding) {
    public Basket {
        lines = List.copyOf(lines);
    }
}
