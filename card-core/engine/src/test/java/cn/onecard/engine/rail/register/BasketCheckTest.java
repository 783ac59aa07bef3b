package cn.onecard.engine.rail.register;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.rail.register.SaleLine.Amounts;
import cn.onecard.engine.rail.register.SaleLine.Article;
import cn.onecard.vocabulary.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What adds up, and what is said of what does not. */
class BasketCheckTest {
    private static final SaleLine RIGHT = Baskets.line(1, 2_000, 450, 100);

    @ParameterizedTest
    @CsvSource(textBlock = """
            # thousandths, unit price, gross
            1000, 250, 250
            1333, 1999, 2665
            500, 1, 1
            499, 1, 0
            0, 777, 0
            1000000000, 1000000000, 1000000000000000
            """)
    void gross_quantityTimesPrice_isRoundedHalfUp(long qtyMilli, long priceFen, long grossFen) {
        assertThat(SaleLine.gross(qtyMilli, Money.ofFen(priceFen)).fen()).isEqualTo(grossFen);
    }

    @ParameterizedTest
    @ValueSource(longs = {-9, 0, 9})
    void judge_basketThatAddsUp_isTaken(long rounding) {
        Basket basket = Baskets.of(rounding, RIGHT, Baskets.line(7, 333, 1_990));
        assertThat(BasketCheck.judge(basket, Baskets.amount(basket))).isInstanceOfSatisfying(CheckedBasket.class,
                checked -> assertThat(checked.amount().fen()).isEqualTo(800 + 663 + rounding));
    }

    @Test
    void judge_grossIsWrong_saysTheDifferenceAndTheLines() {
        SaleLine dear = with(RIGHT, new Amounts(Money.ofFen(907), Money.ofFen(100), Money.ofFen(807)));
        assertRefused(Baskets.of(0, Baskets.line(3, 1_000, 5), dear), BasketFault.GROSS, 7, 1);
    }

    @Test
    void judge_netIsWrong_saysTheDifferenceAndTheLines() {
        SaleLine cheap = with(RIGHT, new Amounts(Money.ofFen(900), Money.ofFen(100), Money.ofFen(790)));
        assertRefused(Baskets.of(0, cheap, Baskets.line(3, 1_000, 5)), BasketFault.NET, -10, 1);
    }

    @Test
    void judge_totalsAreWrong_saysTheDifference() {
        Basket right = Baskets.of(0, RIGHT);
        Amounts one = right.totals();
        for (Amounts wrong : List.of(new Amounts(one.gross().plus(Money.ofFen(4)), one.discount(), one.net()),
                new Amounts(one.gross(), one.discount().plus(Money.ofFen(4)), one.net()), new Amounts(one.gross(), one.discount(), one.net().plus(Money.ofFen(4))))) {
            assertRefused(new Basket(right.lines(), wrong, Optional.empty(), Money.ZERO), BasketFault.TOTALS, 4);
        }
    }

    @Test
    void judge_amountIsNotTheTotal_saysTheDifference() {
        Basket basket = Baskets.of(-3, RIGHT);
        assertThat(BasketCheck.judge(basket, Money.ofFen(800))).isEqualTo(new BasketJudgement.Refused(BasketFault.AMOUNT, Money.ofFen(3), List.of()));
    }

    @Test
    void judge_taxStandsOnOneSideOnly_isRefused() {
        SaleLine taxed = new SaleLine(1, RIGHT.article(), RIGHT.qtyMilli(), RIGHT.unitPrice(), RIGHT.amounts(), Optional.of(Money.ofFen(92)));
        Amounts totals = RIGHT.amounts();
        assertRefused(new Basket(List.of(taxed), totals, Optional.empty(), Money.ZERO), BasketFault.TAX, -92);
        assertRefused(new Basket(List.of(RIGHT), totals, Optional.of(Money.ofFen(92)), Money.ZERO), BasketFault.TAX, 92);
        assertThat(BasketCheck.judge(new Basket(List.of(taxed), totals, Optional.of(Money.ofFen(92)), Money.ZERO), Money.ofFen(800))).isInstanceOf(CheckedBasket.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-10, 10})
    void judge_roundingIsTooLarge_isRefused(long rounding) {
        assertRefused(Baskets.of(rounding, RIGHT), BasketFault.ROUNDING, 0);
    }

    @Test
    void judge_countOrNumbersOfLinesAreWrong_isRefused() {
        assertRefused(Baskets.of(0), BasketFault.LINE_COUNT, 0);
        assertRefused(Baskets.of(0, IntStream.range(0, 501).mapToObj(i -> Baskets.line(i, 1_000, 1)).toList()), BasketFault.LINE_COUNT, 0);
        assertRefused(Baskets.of(0, RIGHT, Baskets.line(2, 1_000, 1), RIGHT), BasketFault.LINE_NUMBER, 0, 1);
        assertRefused(Baskets.of(0, Baskets.line(-1, 1_000, 1)), BasketFault.LINE_NUMBER, 0, -1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            TEXT,     ' '
            TEXT,     'a\tb'
            PERSONAL, 'Delivery 13812345678'
            PERSONAL, '退款 11010519491231002X'
            PERSONAL, 'card 31041234567890123456'
            """)
    void judge_nameIsNoNameOfGoods_isRefused(BasketFault fault, String name) {
        assertRefused(Baskets.of(0, named(name)), fault, 0, 1);
    }

    @Test
    void judge_nameIsAsLongAsItMayBe_isTaken() {
        assertThat(BasketCheck.judge(Baskets.of(0, named("面".repeat(100))), Money.ofFen(800))).isInstanceOf(CheckedBasket.class);
        assertRefused(Baskets.of(0, named("面".repeat(101))), BasketFault.TEXT, 0, 1);
        assertThat(BasketCheck.judge(Baskets.of(0, named("6901234567892 milk")), Money.ofFen(800))).as("an article number").isInstanceOf(CheckedBasket.class);
    }

    @Test
    void judge_numbersAreNegativeOrBeyondMeasure_isRefused() {
        assertRefused(Baskets.of(0, Baskets.line(1, 1_000, 100, 101)), BasketFault.RANGE, 0, 1);
        assertRefused(Baskets.of(0, Baskets.line(1, -1, 100)), BasketFault.RANGE, 0, 1);
        assertRefused(Baskets.of(0, Baskets.line(1, 1_000_000_001, 0)), BasketFault.RANGE, 0, 1);
        SaleLine huge = new SaleLine(1, RIGHT.article(), Long.MAX_VALUE, Money.ofFen(Long.MAX_VALUE), RIGHT.amounts(), Optional.empty());
        assertRefused(Baskets.of(0, huge), BasketFault.RANGE, 0, 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void judge_oneFenChangedAnywhere_isNeverTaken(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            List<SaleLine> lines = new ArrayList<>();
            for (int lineNo = 0; lineNo <= random.nextInt(6); lineNo++) {
                long price = random.nextLong(100, 10_000);
                lines.add(Baskets.line(lineNo, random.nextLong(1_000, 9_000), price, random.nextLong(0, price)));
            }
            Basket right = Baskets.of(random.nextLong(-9, 10), lines);
            Money amount = Baskets.amount(right);
            assertThat(BasketCheck.judge(right, amount)).isInstanceOf(CheckedBasket.class);
            assertThat(BasketCheck.judge(wrong(random, right), amount)).isInstanceOf(BasketJudgement.Refused.class);
            assertThat(BasketCheck.judge(right, amount.plus(Money.ofFen(random.nextBoolean() ? 1 : -1)))).isInstanceOf(BasketJudgement.Refused.class);
        }
    }

    /** The same basket with one of its amounts a fen off. */
    private static Basket wrong(SplittableRandom random, Basket right) {
        List<SaleLine> lines = new ArrayList<>(right.lines());
        int at = random.nextInt(lines.size());
        Money fen = Money.ofFen(random.nextBoolean() ? 1 : -1);
        switch (random.nextInt(5)) {
            case 0 -> lines.set(at, with(lines.get(at), off(lines.get(at).amounts(), random.nextInt(3), fen)));
            case 1, 2 -> {
                return new Basket(lines, off(right.totals(), random.nextInt(3), fen), Optional.empty(), right.rounding());
            }
            case 3 -> {
                return new Basket(lines, right.totals(), Optional.empty(), right.rounding().plus(fen));
            }
            default -> lines.remove(at);
        }
        return new Basket(lines, right.totals(), Optional.empty(), right.rounding());
    }

    private static Amounts off(Amounts amounts, int which, Money by) {
        return switch (which) {
            case 0 -> new Amounts(amounts.gross().plus(by), amounts.discount(), amounts.net());
            case 1 -> new Amounts(amounts.gross(), amounts.discount().plus(by), amounts.net());
            default -> new Amounts(amounts.gross(), amounts.discount(), amounts.net().plus(by));
        };
    }

    private static SaleLine with(SaleLine line, Amounts amounts) {
        return new SaleLine(line.lineNo(), line.article(), line.qtyMilli(), line.unitPrice(), amounts, line.tax());
    }

    private static SaleLine named(String name) {
        Article article = new Article("1", Optional.empty(), name, "kg", Baskets.RICE);
        return new SaleLine(1, article, RIGHT.qtyMilli(), RIGHT.unitPrice(), RIGHT.amounts(), Optional.empty());
    }

    private static void assertRefused(Basket basket, BasketFault fault, long differenceFen, Integer... lines) {
        assertThat(BasketCheck.judge(basket, Baskets.amount(basket))).isEqualTo(new BasketJudgement.Refused(fault, Money.ofFen(differenceFen), List.of(lines)));
    }
}
