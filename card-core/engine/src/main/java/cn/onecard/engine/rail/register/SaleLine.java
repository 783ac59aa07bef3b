package cn.onecard.engine.rail.register;

import cn.onecard.vocabulary.Money;
import java.util.Optional;

/** A line of a basket (商品明细), as the till says.
 *
 *  @param lineNo unique in the basket, not negative
 *  @param article what was sold
 *  @param qtyMilli how much of it, in thousandths of a unit
 *  @param unitPrice of one unit, before discounts
 *  @param amounts what it came to
 *  @param tax contained in the net amount, if the till says so */
public record SaleLine(int lineNo, Article article, long qtyMilli, Money unitPrice, Amounts amounts, Optional<Money> tax) {
    /** Something that a shop sells.
     *
     *  @param sku article number of the shop
     *  @param ean article number on the package (GTIN)
     *  @param unit what is counted: piece, kg, l */
    public record Article(String sku, Optional<String> ean, String name, String unit, Category category) {}

    /** Amounts of a line, or the totals of a basket.
     *
     *  @param net what is left of the gross amount after the discount */
    public record Amounts(Money gross, Money discount, Money net) {
        static final Amounts ZERO = new Amounts(Money.ZERO, Money.ZERO, Money.ZERO);

        Amounts plus(Amounts other) {
            return new Amounts(gross.plus(other.gross), discount.plus(other.discount), net.plus(other.net));
        }
    }

    /** Quantity times unit price, half up. */
    static Money gross(long qtyMilli, Money unitPrice) {
        return Money.ofFen(Math.floorDiv(Math.addExact(Math.multiplyExact(qtyMilli, unitPrice.fen()), 500), 1_000));
    }
}
