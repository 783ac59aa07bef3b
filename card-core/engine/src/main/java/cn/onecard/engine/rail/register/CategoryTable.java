package cn.onecard.engine.rail.register;

import static cn.onecard.sql.tables.ledger.Tables.CATEGORY;
import static cn.onecard.sql.tables.ledger.Tables.CATEGORY_VERSION;
import static cn.onecard.sql.tables.ledger.Tables.SALE_LINE;

import cn.onecard.engine.order.RequestDigest;
import cn.onecard.engine.rail.register.CategoryBook.Entry;
import cn.onecard.engine.rail.register.CategoryBook.Meaning;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Utc;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** What categories stand for, by version. A version, once published, never changes; the highest one of a code system holds, also for
 *  what was sold before it: lines only say what the till said. */
public final class CategoryTable {
    private static final List<Field<?>> COLUMNS = List.of(CATEGORY.CODE_SYSTEM, CATEGORY.VERSION_NO, CATEGORY.CATEGORY_CODE,
            CATEGORY.GROUP_CODE, CATEGORY.COICOP_CODE, CATEGORY.PARTIAL_CODE);

    private final DSLContext dsl;

    public CategoryTable(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** A version of a code system, and when it was published. */
    public record Version(String system, int number, Instant publishedAt) {}

    /** What was sold under one category.
     *
     *  @param lines how many lines
     *  @param net what they came to after discounts */
    public record Sold(Category category, long lines, Money net) {}

    /** Publishes a version; does nothing if it is there and the same.
     *
     *  @throws IllegalArgumentException if it is there and another, or not the next one */
    public void publish(String system, int version, List<Entry> entries, Instant now) {
        byte[] content = digest(entries);
        try {
            dsl.transaction(transaction -> {
                DSLContext in = transaction.dsl();
                if (!isThere(in, system, version, content)) {
                    in.insertInto(CATEGORY_VERSION, CATEGORY_VERSION.CODE_SYSTEM, CATEGORY_VERSION.VERSION_NO, CATEGORY_VERSION.CONTENT,
                            CATEGORY_VERSION.PUBLISHED_AT).values(system, version, content, Utc.of(now)).execute();
                    Rows.insert(in, CATEGORY, COLUMNS, entries.stream().map(entry -> new Object[] {system, version, entry.category().code(),
                        entry.meaning().group().code(), entry.meaning().coicop(), entry.meaning().partial() ? 1 : 0}).toList());
                }
            });
        } catch (DataAccessException e) {
            // Two nodes that start at once both publish what comes with the program.
            if (!Rows.isKeyTaken(e) || !isThere(dsl, system, version, content)) {
                throw e;
            }
        }
    }

    /** The highest versions. */
    public CategoryBook load() {
        return new CategoryBook(dsl.selectFrom(CATEGORY)
                .where(DSL.row(CATEGORY.CODE_SYSTEM, CATEGORY.VERSION_NO).in(
                        DSL.select(CATEGORY_VERSION.CODE_SYSTEM, DSL.max(CATEGORY_VERSION.VERSION_NO)).from(CATEGORY_VERSION).groupBy(CATEGORY_VERSION.CODE_SYSTEM)))
                .fetch(row -> new Entry(new Category(row.getCodeSystem(), row.getCategoryCode()),
                        new Meaning(ConsumptionGroup.byCode(row.getGroupCode()), row.getCoicopCode(), row.getPartialCode() == 1))));
    }

    /** All versions, by code system and number. */
    public List<Version> listVersions() {
        return dsl.selectFrom(CATEGORY_VERSION).orderBy(CATEGORY_VERSION.CODE_SYSTEM, CATEGORY_VERSION.VERSION_NO)
                .fetch(row -> new Version(row.getCodeSystem(), row.getVersionNo(), Utc.instant(row.getPublishedAt())));
    }

    /** What was sold from a business date on, by category, that of the most money first. */
    public List<Sold> listSold(BusinessDate from) {
        Field<Long> net = DSL.sum(SALE_LINE.NET_FEN).cast(Long.class);
        return dsl.select(SALE_LINE.CODE_SYSTEM, SALE_LINE.CATEGORY_CODE, DSL.count(), net).from(SALE_LINE)
                .where(SALE_LINE.BUSINESS_DATE.ge(from)).groupBy(SALE_LINE.CODE_SYSTEM, SALE_LINE.CATEGORY_CODE)
                .orderBy(net.desc(), SALE_LINE.CODE_SYSTEM, SALE_LINE.CATEGORY_CODE)
                .fetch(row -> new Sold(new Category(row.value1(), row.value2()), row.value3(), Money.ofFen(row.value4())));
    }

    /** Whether that version is published.
     *
     *  @throws IllegalArgumentException if it is another, or its number is not the next */
    private static boolean isThere(DSLContext in, String system, int version, byte[] content) {
        Optional<byte[]> there = in.select(CATEGORY_VERSION.CONTENT).from(CATEGORY_VERSION)
                .where(CATEGORY_VERSION.CODE_SYSTEM.eq(system)).and(CATEGORY_VERSION.VERSION_NO.eq(version)).fetchOptional(CATEGORY_VERSION.CONTENT);
        if (there.isPresent()) {
            if (!Arrays.equals(there.get(), content)) {
                throw new IllegalArgumentException("version " + version + " of " + system + " is published and has other content");
            }
            return true;
        }
        Integer highest = in.select(DSL.max(CATEGORY_VERSION.VERSION_NO)).from(CATEGORY_VERSION).where(CATEGORY_VERSION.CODE_SYSTEM.eq(system))
                .fetchSingle().value1();
        int next = highest == null ? 1 : highest + 1;
        if (version != next) {
            throw new IllegalArgumentException("the next version of " + system + " is " + next);
        }
        return false;
    }

    private static byte[] digest(List<Entry> entries) {
        return RequestDigest.of(entries.stream().flatMap(entry -> Stream.<Object>of(entry.category().code(), entry.meaning().group(),
                entry.meaning().coicop(), entry.meaning().partial())).toList()).bytes();
    }
}
