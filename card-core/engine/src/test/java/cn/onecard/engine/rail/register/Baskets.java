package cn.onecard.engine.rail.register;

import cn.onecard.vocabulary.Money;
import java.util.List;
import java.util.Optional;

/** Baskets as a shop's till would make them. */
public final class Baskets {
    /** What the lines of a basket are, unless a test says otherwise. */
    public static final Category RICE = new Category(Category.COICOP, "01.1.1.1");

    private Baskets() {}

    /** A line without a discount that adds up. */
    public static SaleLine line(int lineNo, long qtyMilli, long unitPriceFen) {
        return line(lineNo, qtyMilli, unitPriceFen, 0);
    }

    /** A line that adds up. */
    public static SaleLine line(int lineNo, long qtyMilli, long unitPriceFen, long discountFen) {
        Money gross = SaleLine.gross(qtyMilli, Money.ofFen(unitPriceFen));
        return new SaleLine(lineNo, new SaleLine.Article("sku-" + lineNo, Optional.empty(), "大米 " + lineNo, "kg", RICE), qtyMilli, Money.ofFen(unitPriceFen),
                new SaleLine.Amounts(gross, Money.ofFen(discountFen), gross.minus(Money.ofFen(discountFen))), Optional.empty());
    }

    /** A basket whose totals are the sums of its lines. */
    public static Basket of(long roundingFen, SaleLine... lines) {
        return of(roundingFen, List.of(lines));
    }

    /** A basket whose totals are the sums of its lines. */
    public static Basket of(long roundingFen, List<SaleLine> lines) {
        SaleLine.Amounts totals = lines.stream().map(SaleLine::amounts).reduce(SaleLine.Amounts.ZERO, SaleLine.Amounts::plus);
        return new Basket(lines, totals, Optional.empty(), Money.ofFen(roundingFen));
    }

    /** What a basket comes to. */
    public static Money amount(Basket basket) {
        return basket.totals().net().plus(basket.rounding());
    }
}
