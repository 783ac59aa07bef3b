package cn.onecard.engine.flow;

import static cn.onecard.sql.tables.ledger.Tables.REGISTER_SALE;
import static cn.onecard.sql.tables.ledger.Tables.SALE_LINE;
import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.order.Asking;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.rail.register.Basket;
import cn.onecard.engine.rail.register.Baskets;
import cn.onecard.engine.rail.register.Category;
import cn.onecard.engine.rail.register.CategoryBook;
import cn.onecard.engine.rail.register.CategoryFile;
import cn.onecard.engine.rail.register.CategoryTable;
import cn.onecard.engine.rail.register.CategoryTable.Sold;
import cn.onecard.engine.rail.register.Means;
import cn.onecard.engine.rail.register.Sale;
import cn.onecard.engine.rail.register.SaleAnswer;
import cn.onecard.engine.rail.register.SaleLine;
import cn.onecard.engine.rail.register.TillUpload;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real receipts go through the desk: 75,000 lines of a chain of supermarkets, and 8,000 that statisticians have coded by hand. What is
 *  written down adds up to the files, which are added up here by another way. */
class RealReceiptsTest {
    private static final Path DATA = Path.of(System.getProperty("onecard.home", "../..")).resolve("../shared/data").normalize();
    private static final String SHOP_CODES = "supermarket";
    private static final int WALLETS = 40;
    /** One basket of so many is paid from a wallet. */
    private static final int BY_WALLET = 50;

    private TillRig rig;
    private CategoryTable categories;

    /** Lines and money of one category. */
    private record Total(long lines, long fen) {
        Total plus(long more) {
            return new Total(lines + 1, fen + more);
        }
    }

    @BeforeEach
    void begin() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(DATA), "no real receipts here: " + DATA);
        rig = new TillRig(WALLETS, 500_000);
        categories = new CategoryTable(rig.dsl());
        categories.publish(Category.COICOP, 1, CategoryFile.coicop(), Asking.NOW);
    }

    @AfterEach
    void end() throws Exception {
        if (rig != null) {
            rig.close();
        }
    }

    @Test
    void upload_supermarketReceipts_addUpToTheFile() throws Exception {
        Map<String, String> products = products();
        Map<String, List<NamedCsvRecord>> baskets = new LinkedHashMap<>();
        Map<String, Total> expected = new HashMap<>();
        read(DATA.resolve("completejourney/transactions_sample.csv"), ',', line -> {
            baskets.computeIfAbsent(line.getField("basket_id"), id -> new ArrayList<>()).add(line);
            // A few amounts have the dust of floating point on them.
            long fen = new BigDecimal(line.getField("sales_value")).movePointRight(2).setScale(0, RoundingMode.HALF_UP).longValueExact();
            expected.merge(category(products, line), new Total(1, fen), (one, other) -> one.plus(other.fen()));
        });
        Map<String, List<Sale>> byStore = new TreeMap<>();
        baskets.forEach((id, lines) -> byStore.computeIfAbsent(lines.getFirst().getField("store_id"), store -> new ArrayList<>()).add(sale(id, lines, products)));
        long start = System.nanoTime();
        for (List<Sale> sales : byStore.values()) {
            upload(sales);
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.printf("%d receipts with %d lines in %d ms%n", baskets.size(), 75_000, millis);

        assertThat(expected.values().stream().mapToLong(Total::lines).sum()).isEqualTo(75_000);
        assertThat(rig.dsl().fetchCount(REGISTER_SALE)).isEqualTo(baskets.size());
        assertThat(totals()).isEqualTo(expected);
        long all = expected.values().stream().mapToLong(Total::fen).sum();
        assertThat(rig.dsl().select(DSL.sum(REGISTER_SALE.AMOUNT_FEN)).from(REGISTER_SALE).fetchSingle().value1().longValueExact()).isEqualTo(all);
        long byWallet = rig.dsl().select(DSL.sum(REGISTER_SALE.AMOUNT_FEN)).from(REGISTER_SALE).where(REGISTER_SALE.MEANS_CODE.eq(1)).fetchSingle().value1().longValueExact();
        long left = 0;
        for (int wallet = 0; wallet < WALLETS; wallet++) {
            left += rig.balanceFen(wallet);
        }
        assertThat(byWallet).isPositive().isEqualTo(WALLETS * 500_000L - left);
        assertThat(rig.books().broken()).isEmpty();
        assertMappedLater(expected);
    }

    /** Nothing is known of the shop's codes until the operator takes a table of them; the sales are not touched by that. */
    private void assertMappedLater(Map<String, Total> expected) throws IOException {
        assertThat(categories.listSold(Asking.DAY)).hasSize(expected.size()).noneMatch(sold -> categories.load().find(sold.category()).isPresent());
        try (Reader file = supermarketCategories()) {
            categories.publish(SHOP_CODES, 1, CategoryFile.read(SHOP_CODES, file), Asking.NOW);
        }
        CategoryBook book = categories.load();
        Map<Integer, Total> groups = new TreeMap<>();
        for (Sold sold : categories.listSold(Asking.DAY)) {
            int group = book.find(sold.category()).map(one -> one.group().code()).orElse(0);
            groups.merge(group, new Total(sold.lines(), sold.net().fen()), (one, other) -> new Total(one.lines() + other.lines(), one.fen() + other.fen()));
        }
        assertThat(groups).isEqualTo(groupsOfTheFile(expected));
        assertThat(groups.getOrDefault(0, new Total(0, 0)).lines()).as("lines of no known category").isEqualTo(1_285);
        assertThat(totals()).as("the sales themselves").isEqualTo(expected);
    }

    /** Lines and money of the eight groups, 0 for those of none: the totals of the file by the table, without the code under test. */
    private static Map<Integer, Total> groupsOfTheFile(Map<String, Total> totals) throws IOException {
        Map<String, Integer> groupOf = new HashMap<>();
        try (Reader file = supermarketCategories(); CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
            lines.forEach(line -> groupOf.put(line.getField("category_code"), Integer.parseInt(line.getField("group_code"))));
        }
        Map<Integer, Total> groups = new TreeMap<>();
        totals.forEach((code, total) -> groups.merge(groupOf.getOrDefault(code, 0), total,
                (one, other) -> new Total(one.lines() + other.lines(), one.fen() + other.fen())));
        return groups;
    }

    private static Reader supermarketCategories() {
        return new InputStreamReader(Objects.requireNonNull(RealReceiptsTest.class.getResourceAsStream("/register/supermarket-categories.csv")), StandardCharsets.UTF_8);
    }

    @Test
    void take_receiptsCodedByStatisticians_areMappedWhereTheClassExists() throws Exception {
        Set<String> published = new HashSet<>();
        read(DATA.resolve("insee-receipts-coicop/un-coicop-2018-structure.csv"), ',', line -> published.add(line.getField("code")));
        Map<String, List<SaleLine>> shops = new TreeMap<>();
        Map<String, Total> expected = new HashMap<>();
        read(DATA.resolve("insee-receipts-coicop/tickets_application.csv"), ';', line -> {
            String amount = line.getField("Montant de la dépense");
            if (amount.matches("[0-9]+(\\.[0-9]+)?")) {      // what is illegible or a discount of its own is no line
                long fen = new BigDecimal(amount).movePointRight(2).setScale(0, RoundingMode.HALF_UP).longValueExact();
                String code = line.getField("Code coicop");
                expected.merge(code, new Total(1, fen), (one, other) -> one.plus(other.fen()));
                List<SaleLine> lines = shops.computeIfAbsent(line.getField("shop_maj"), shop -> new ArrayList<>());
                lines.add(line(lines.size() % 200, new Category(Category.COICOP, code), name(line.getField("product")), fen));
            }
        });
        List<Sale> sales = new ArrayList<>();
        shops.forEach((shop, lines) -> {
            for (int at = 0; at < lines.size(); at += 200) {
                Basket basket = Baskets.of(0, lines.subList(at, Math.min(lines.size(), at + 200)));
                sales.add(TillRig.sale("insee-" + sales.size(), basket, Means.Otherwise.CASH));
            }
        });
        assertThat(rig.desk().take(sales)).allMatch(answer -> answer instanceof SaleAnswer.Taken);
        assertThat(totals()).isEqualTo(expected);

        CategoryBook book = categories.load();
        long lines = 0;
        long mapped = 0;
        for (Sold sold : categories.listSold(Asking.DAY)) {
            String code = sold.category().code();
            boolean isOfAClass = code.split("\\.", -1).length >= 3 && published.contains(String.join(".", List.of(code.split("\\.", -1)).subList(0, 3)));
            assertThat(book.find(sold.category()).isPresent() || !isOfAClass).as(code).isTrue();
            lines += sold.lines();
            mapped += book.find(sold.category()).isPresent() ? sold.lines() : 0;
        }
        System.out.printf("%d of %d coded lines have a group of consumption%n", mapped, lines);
        assertThat(mapped * 100).isGreaterThan(95 * lines);
    }

    private void upload(List<Sale> sales) throws Exception {
        for (int at = 0; at < sales.size(); at += TillUpload.MOST_RECORDS) {
            List<TillUpload.TillRecord> records = new ArrayList<>();
            for (Sale sale : sales.subList(at, Math.min(sales.size(), at + TillUpload.MOST_RECORDS))) {
                records.add(new TillUpload.TillRecord(at + records.size() + 1L, sale));
            }
            TillUpload.Answer answer = rig.desk().upload(new TillUpload(sales.getFirst().till(), 1, records));
            assertThat(answer.records()).allMatch(one -> one.answer() instanceof SaleAnswer.Taken);
            assertThat(answer.gaps()).isEmpty();
            assertThat(answer.ackedThrough()).isEqualTo(at + records.size());
        }
    }

    private static Sale sale(String basketId, List<NamedCsvRecord> lines, Map<String, String> products) {
        List<SaleLine> sold = new ArrayList<>();
        for (NamedCsvRecord line : lines) {
            sold.add(supermarketLine(sold.size() + 1, line, category(products, line)));
        }
        Basket basket = Baskets.of(0, sold);
        long number = new BigDecimal(basketId).longValueExact();       // some are written as 4.0128e+10
        Means means = number % BY_WALLET == 0 && Baskets.amount(basket).fen() > 0 ? TillRig.wallet((int) (number / BY_WALLET % WALLETS)) : Means.Otherwise.CASH;
        Sale.Till till = new Sale.Till(new PartyId(7), 20, lines.getFirst().getField("store_id"), "1");
        return new Sale(CallKey.ofCaller(Asking.SHOP, basketId), till, basket, Baskets.amount(basket), means,
                Instant.parse(lines.getFirst().getField("transaction_timestamp")));
    }

    /** The file has no unit price. Where the shelf price of the whole is that of so many pieces, it is so many; otherwise one pack. */
    private static SaleLine supermarketLine(int lineNo, NamedCsvRecord line, String category) {
        Money net = cents(line, "sales_value");
        Money discount = cents(line, "retail_disc").plus(cents(line, "coupon_match_disc"));
        Money gross = net.plus(discount);
        long pieces = Long.parseLong(line.getField("quantity"));
        boolean isByPiece = pieces > 0 && gross.fen() % pieces == 0;
        SaleLine.Article article = new SaleLine.Article(line.getField("product_id"), Optional.empty(), "article " + line.getField("product_id"),
                isByPiece ? "piece" : "pack", new Category(SHOP_CODES, category));
        return new SaleLine(lineNo, article, isByPiece ? pieces * 1_000 : 1_000, isByPiece ? Money.ofFen(gross.fen() / pieces) : gross,
                new SaleLine.Amounts(gross, discount, net), Optional.empty());
    }

    private static SaleLine line(int lineNo, Category category, String name, long fen) {
        return new SaleLine(lineNo, new SaleLine.Article("1", Optional.empty(), name, "piece", category), 1_000, Money.ofFen(fen),
                new SaleLine.Amounts(Money.ofFen(fen), Money.ZERO, Money.ofFen(fen)), Optional.empty());
    }

    private static String name(String text) {
        String name = text.codePoints().limit(100).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return name.isBlank() ? "without a name" : name;
    }

    private static Money cents(NamedCsvRecord line, String column) {
        return Money.ofFen(new BigDecimal(line.getField(column)).movePointRight(2).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    private static String category(Map<String, String> products, NamedCsvRecord line) {
        return products.getOrDefault(line.getField("product_id"), "UNLISTED");
    }

    private static Map<String, String> products() throws IOException {
        Map<String, String> products = new HashMap<>();
        read(DATA.resolve("completejourney/products.csv"), ',', line -> {
            String category = line.getField("product_category");
            products.put(line.getField("product_id"), category.isEmpty() ? line.getField("department") : category);
        });
        return products;
    }

    /** What is written down, by category code. */
    private Map<String, Total> totals() {
        Map<String, Total> totals = new HashMap<>();
        rig.dsl().select(SALE_LINE.CATEGORY_CODE, SALE_LINE.NET_FEN).from(SALE_LINE)
                .forEach(row -> totals.merge(row.value1(), new Total(1, row.value2()), (one, other) -> one.plus(other.fen())));
        return totals;
    }

    private static void read(Path file, char separator, Consumer<NamedCsvRecord> taker) throws IOException {
        try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().fieldSeparator(separator).ofNamedCsvRecord(file);
                Stream<NamedCsvRecord> all = lines.stream()) {
            all.forEach(taker);
        }
    }
}
