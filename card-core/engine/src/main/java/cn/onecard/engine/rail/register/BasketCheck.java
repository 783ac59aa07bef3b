package cn.onecard.engine.rail.register;

import cn.onecard.engine.rail.register.BasketJudgement.Refused;
import cn.onecard.engine.rail.register.SaleLine.Amounts;
import cn.onecard.vocabulary.Money;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/** Judges whether a basket adds up to what was paid. Gross is quantity times unit price, half up; net is gross less discount; the
 *  totals are the sums of the lines; what was paid is the net total and a rounding of at most nine fen. */
public final class BasketCheck {
    /** Lines of a basket at most. */
    public static final int MOST_LINES = 500;

    private static final int MOST_ROUNDING_FEN = 9;
    private static final long LARGEST = 1_000_000_000;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_CODE = 64;
    private static final int LONGEST_SYSTEM = 32;
    private static final int LONGEST_UNIT = 16;
    private static final Pattern EAN = Pattern.compile("[0-9]{8}|[0-9]{12,14}");
    /** A mobile number of China, or 15 to 20 digits in a row (身份证号, bank card, city card). */
    private static final Pattern PERSONAL = Pattern.compile("(?<![0-9])(1[3-9][0-9]{9}|[0-9]{14,19}[0-9Xx])(?![0-9])");

    private BasketCheck() {}

    /** Judges a basket.
     *
     *  @param amount what was paid, or is to be paid */
    public static BasketJudgement judge(Basket basket, Money amount) {
        return findFaultOfLines(basket.lines()).or(() -> findFaultOfSums(basket, amount)).<BasketJudgement>map(refused -> refused)
                .orElseGet(() -> new CheckedBasket(basket, amount));
    }

    private static Optional<Refused> findFaultOfLines(List<SaleLine> lines) {
        if (lines.isEmpty() || lines.size() > MOST_LINES) {
            return Optional.of(new Refused(BasketFault.LINE_COUNT, Money.ZERO, List.of()));
        }
        Set<Integer> numbers = new HashSet<>();
        return find(BasketFault.LINE_NUMBER, lines, line -> line.lineNo() >= 0 && numbers.add(line.lineNo()), line -> 0)
                .or(() -> find(BasketFault.TEXT, lines, BasketCheck::isReadable, line -> 0))
                .or(() -> find(BasketFault.PERSONAL, lines, line -> !PERSONAL.matcher(line.article().name()).find(), line -> 0))
                .or(() -> find(BasketFault.RANGE, lines, BasketCheck::isInRange, line -> 0))
                .or(() -> findDifference(BasketFault.GROSS, lines, line -> line.amounts().gross().minus(SaleLine.gross(line.qtyMilli(), line.unitPrice())).fen()))
                .or(() -> findDifference(BasketFault.NET, lines, line -> differenceOfNet(line.amounts())));
    }

    private static Optional<Refused> findFaultOfSums(Basket basket, Money amount) {
        Amounts sums = basket.lines().stream().map(SaleLine::amounts).reduce(Amounts.ZERO, Amounts::plus);
        Amounts said = basket.totals();
        for (Money difference : List.of(said.gross().minus(sums.gross()), said.discount().minus(sums.discount()), said.net().minus(sums.net()))) {
            if (difference.fen() != 0) {
                return Optional.of(new Refused(BasketFault.TOTALS, difference, List.of()));
            }
        }
        long withTax = basket.lines().stream().filter(line -> line.tax().isPresent()).count();
        Money taxes = basket.lines().stream().flatMap(line -> line.tax().stream()).reduce(Money.ZERO, Money::plus);
        Money taxDifference = basket.tax().orElse(Money.ZERO).minus(taxes);
        if (basket.tax().isPresent() != withTax > 0 || taxDifference.fen() != 0) {
            return Optional.of(new Refused(BasketFault.TAX, taxDifference, List.of()));
        }
        if (Math.abs(basket.rounding().fen()) > MOST_ROUNDING_FEN) {
            return Optional.of(new Refused(BasketFault.ROUNDING, Money.ZERO, List.of()));
        }
        Money difference = amount.minus(said.net().plus(basket.rounding()));
        return difference.fen() == 0 ? Optional.empty() : Optional.of(new Refused(BasketFault.AMOUNT, difference, List.of()));
    }

    private static Optional<Refused> findDifference(BasketFault fault, List<SaleLine> lines, ToLongFunction<SaleLine> difference) {
        return find(fault, lines, line -> difference.applyAsLong(line) == 0, difference);
    }

    private static Optional<Refused> find(BasketFault fault, List<SaleLine> lines, Predicate<SaleLine> isRight, ToLongFunction<SaleLine> difference) {
        List<SaleLine> wrong = lines.stream().filter(isRight.negate()).toList();
        return wrong.isEmpty() ? Optional.empty()
                : Optional.of(new Refused(fault, Money.ofFen(wrong.stream().mapToLong(difference).sum()), wrong.stream().map(SaleLine::lineNo).toList()));
    }

    private static long differenceOfNet(Amounts amounts) {
        return amounts.net().minus(amounts.gross().minus(amounts.discount())).fen();
    }

    private static boolean isReadable(SaleLine line) {
        SaleLine.Article article = line.article();
        return isText(article.sku(), LONGEST_CODE) && isText(article.name(), LONGEST_NAME) && isText(article.unit(), LONGEST_UNIT)
                && isText(article.category().system(), LONGEST_SYSTEM) && isText(article.category().code(), LONGEST_CODE)
                && article.ean().map(ean -> EAN.matcher(ean).matches()).orElse(true);
    }

    private static boolean isText(String text, int longest) {
        return !text.isBlank() && text.codePointCount(0, text.length()) <= longest && text.codePoints().noneMatch(BasketCheck::isUnwritable);
    }

    private static boolean isUnwritable(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE || type == Character.UNASSIGNED;
    }

    private static boolean isInRange(SaleLine line) {
        Amounts amounts = line.amounts();
        return isInRange(line.qtyMilli()) && isInRange(line.unitPrice().fen()) && isInRange(amounts.gross().fen()) && isInRange(amounts.discount().fen())
                && isInRange(amounts.net().fen()) && line.tax().map(tax -> isInRange(tax.fen())).orElse(true);
    }

    private static boolean isInRange(long number) {
        return number >= 0 && number <= LARGEST;
    }
}
