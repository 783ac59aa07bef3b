package cn.onecard.engine.rail.register;

import cn.onecard.house.Proof;
import cn.onecard.vocabulary.Money;

/** A basket that adds up to what was paid. */
@Proof
public final class CheckedBasket implements BasketJudgement {
    private final Basket basket;
    private final Money amount;

    CheckedBasket(Basket basket, Money amount) {
        this.basket = basket;
        this.amount = amount;
    }

    Basket basket() {
        return basket;
    }

    /** What it comes to, rounding included. */
    public Money amount() {
        return amount;
    }

    @Override
    public String toString() {
        return basket.lines().size() + " lines for " + amount;
    }
}
