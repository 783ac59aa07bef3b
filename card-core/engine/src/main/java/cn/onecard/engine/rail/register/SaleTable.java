package cn.onecard.engine.rail.register;

import static cn.onecard.sql.tables.ledger.Tables.POSTING_SHARD;
import static cn.onecard.sql.tables.ledger.Tables.REGISTER_SALE;
import static cn.onecard.sql.tables.ledger.Tables.SALE_LINE;

import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.post.Calendar;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.Utc;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** The sales as they are written down: once, each with all of its lines, many in one transaction.
 *
 *  <p><b>Date.</b> Writers share a lock on their node's row among the shards and take the open date from it. Closing a day changes
 *  that row, and so waits for them: no line joins a day that is closed. */
public final class SaleTable {
    private static final List<Field<?>> SALE_COLUMNS = List.of(REGISTER_SALE.SALE_ID, REGISTER_SALE.CALLER, REGISTER_SALE.IDEM_KEY,
            REGISTER_SALE.SALE_DIGEST, REGISTER_SALE.PARTY_ID, REGISTER_SALE.SERVICE_CODE, REGISTER_SALE.STORE_NO, REGISTER_SALE.TILL_NO,
            REGISTER_SALE.MEANS_CODE, REGISTER_SALE.PSAM_NO, REGISTER_SALE.PSAM_SEQ, REGISTER_SALE.AMOUNT_FEN, REGISTER_SALE.GROSS_FEN,
            REGISTER_SALE.DISCOUNT_FEN, REGISTER_SALE.NET_FEN, REGISTER_SALE.ROUNDING_FEN, REGISTER_SALE.TAX_FEN, REGISTER_SALE.LINE_COUNT,
            REGISTER_SALE.BUSINESS_DATE, REGISTER_SALE.SOLD_AT, REGISTER_SALE.RECEIVED_AT);
    private static final List<Field<?>> LINE_COLUMNS = List.of(SALE_LINE.BUSINESS_DATE, SALE_LINE.SALE_ID, SALE_LINE.LINE_NO, SALE_LINE.SKU,
            SALE_LINE.EAN, SALE_LINE.NAME, SALE_LINE.QTY_MILLI, SALE_LINE.UNIT, SALE_LINE.UNIT_PRICE_FEN, SALE_LINE.GROSS_FEN,
            SALE_LINE.DISCOUNT_FEN, SALE_LINE.NET_FEN, SALE_LINE.TAX_FEN, SALE_LINE.CODE_SYSTEM, SALE_LINE.CATEGORY_CODE);

    private final DSLContext dsl;
    private final String shard;

    private SaleTable(DSLContext dsl, String shard) {
        this.dsl = dsl;
        this.shard = shard;
    }

    /** Opens the tables for a node. The books must have been begun.
     *
     *  @param node name of this core node, unique among the nodes on one database */
    public static SaleTable open(DSLContext dsl, String node) {
        String shard = node + "-sales";
        new Calendar(dsl).openShard(shard);
        return new SaleTable(dsl, shard);
    }

    /** A sale that is to be written down. */
    public record Entry(Sale sale, CheckedBasket basket, Instant receivedAt) {}

    /** Whether a sale is there.
     *
     *  @param isSame whether the till said the same then */
    public record There(Money amount, boolean isSame) {}

    /** Those of some sales that are written down already. */
    public Map<OrderId, There> findThere(Collection<Sale> sales) {
        Map<OrderId, Sale> wanted = new HashMap<>();
        sales.forEach(sale -> wanted.put(sale.id(), sale));
        Map<OrderId, There> there = new HashMap<>();
        dsl.select(REGISTER_SALE.SALE_ID, REGISTER_SALE.SALE_DIGEST, REGISTER_SALE.AMOUNT_FEN).from(REGISTER_SALE)
                .where(REGISTER_SALE.SALE_ID.in(wanted.keySet().stream().map(OrderId::bytes).toList())).forEach(row -> {
                    OrderId id = OrderId.ofBytes(row.value1());
                    Sale sale = wanted.get(id);
                    there.put(id, new There(Money.ofFen(row.value3()), sale != null && Arrays.equals(sale.digest(), row.value2())));
                });
        return there;
    }

    /** Writes sales down, all or none.
     *
     *  @return whether it did; if not, one of them has been written down by somebody else meanwhile */
    public boolean write(List<Entry> entries) {
        if (entries.isEmpty()) {
            return true;
        }
        try {
            dsl.transaction(transaction -> write(transaction.dsl(), entries));
            return true;
        } catch (DataAccessException e) {
            if (Rows.isKeyTaken(e)) {
                return false;
            }
            throw e;
        }
    }

    private void write(DSLContext in, List<Entry> entries) {
        BusinessDate date = in.select(POSTING_SHARD.OPEN_DATE).from(POSTING_SHARD).where(POSTING_SHARD.SHARD_ID.eq(shard)).forShare()
                .fetchSingle().value1();
        Rows.insert(in, REGISTER_SALE, SALE_COLUMNS, entries.stream().map(entry -> row(entry, date)).toList());
        Rows.insert(in, SALE_LINE, LINE_COLUMNS, entries.stream()
                .flatMap(entry -> entry.basket().basket().lines().stream().map(line -> row(entry.sale().id(), line, date))).toList());
    }

    private static @Nullable Object[] row(Entry entry, BusinessDate date) {
        Sale sale = entry.sale();
        Basket basket = entry.basket().basket();
        Optional<TapKey> tap = sale.means() instanceof Means.Purse purse ? Optional.of(purse.tap()) : Optional.empty();
        return new @Nullable Object[] {sale.id().bytes(), sale.call().caller(), sale.call().key(), sale.digest(), sale.till().party().value(),
            sale.till().serviceCode(), sale.till().store(), sale.till().number(), sale.means().code(), tap.map(TapKey::terminal).orElse(null),
            tap.map(TapKey::psamSeq).orElse(null), entry.basket().amount().fen(), basket.totals().gross().fen(), basket.totals().discount().fen(),
            basket.totals().net().fen(), basket.rounding().fen(), basket.tax().map(Money::fen).orElse(null), basket.lines().size(), date,
            Utc.of(sale.soldAt()), Utc.of(entry.receivedAt())};
    }

    private static @Nullable Object[] row(OrderId sale, SaleLine line, BusinessDate date) {
        SaleLine.Article article = line.article();
        return new @Nullable Object[] {date, sale.bytes(), line.lineNo(), article.sku(), article.ean().orElse(null), article.name(), line.qtyMilli(),
            article.unit(), line.unitPrice().fen(), line.amounts().gross().fen(), line.amounts().discount().fen(), line.amounts().net().fen(),
            line.tax().map(Money::fen).orElse(null), article.category().system(), article.category().code()};
    }
}
