package cn.onecard.engine.partner.register;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Sells: baskets of a few goods, from a seed, some of which do not add up. */
final class SalesClerk {
    private static final Instant FIRST = Instant.parse("2026-11-25T00:00:00Z");
    private static final int SECONDS_A_SALE = 7;
    private static final int MOST_LINES = 8;

    private final TillPlan plan;
    private final SplittableRandom random;

    /** Something on the shelf.
     *
     *  @param byWeight whether it is sold in parts of a kilogram */
    private record Goods(String sku, String name, String category, int priceFen, boolean byWeight) {}

    private static final List<Goods> SHELF = List.of(
            new Goods("10001", "大米 Rice", "01.1.1.1", 698, true), new Goods("10002", "猪肉 Pork", "01.1.2.2", 3_580, true),
            new Goods("10003", "鲈鱼 Sea bass", "01.1.3.1", 4_990, true), new Goods("10004", "牛奶 Milk 1 l", "01.1.4.1", 1_290, false),
            new Goods("10005", "苹果 Apples", "01.1.6.2", 1_190, true), new Goods("10006", "青菜 Greens", "01.1.7.1", 499, true),
            new Goods("10007", "啤酒 Beer", "02.1.3.0", 650, false), new Goods("10008", "袜子 Socks", "03.1.2.1", 1_500, false),
            new Goods("10009", "洗衣粉 Washing powder", "05.6.1.1", 2_390, false), new Goods("10010", "牙膏 Toothpaste", "13.1.2.0", 1_280, false),
            new Goods("10011", "报纸 Newspaper", "09.7.2.1", 200, false), new Goods("10012", "电池 Batteries", "05.5.2.2", 990, false));

    SalesClerk(TillPlan plan) {
        this.plan = plan;
        this.random = new SplittableRandom(plan.seed());
    }

    /** All sales of the plan, in the order in which they are made. */
    List<SoldRecord> sell() {
        List<SoldRecord> records = new ArrayList<>();
        for (long seq = 1; seq <= plan.sales(); seq++) {
            records.add(sell(seq));
        }
        return records;
    }

    private SoldRecord sell(long seq) {
        ObjectNode sale = JsonNodeFactory.instance.objectNode().put("orderNo", plan.store() + "-" + plan.seed() + "-" + seq)
                .put("soldAt", FIRST.plusSeconds(seq * SECONDS_A_SALE).toString()).put("currency", "CNY");
        ObjectNode basket = sale.putObject("basket");
        long gross = 0;
        long discount = 0;
        int lines = 1 + random.nextInt(MOST_LINES);
        ArrayNode list = basket.putArray("lines");
        for (int lineNo = 1; lineNo <= lines; lineNo++) {
            ObjectNode line = line(lineNo);
            list.add(line);
            gross += line.get("grossFen").longValue();
            discount += line.get("discountFen").longValue();
        }
        long net = gross - discount;
        long rounding = -(net % 10);
        basket.putObject("totals").put("grossFen", gross).put("discountFen", discount).put("netFen", net);
        basket.put("roundingFen", rounding);
        sale.put("amountFen", net + rounding);
        pay(sale.putObject("paidBy"));
        String expected = random.nextInt(100) < plan.wrongPercent() ? spoil(sale) : "TAKEN";
        return new SoldRecord(seq, sale, expected, net + rounding);
    }

    private ObjectNode line(int lineNo) {
        Goods goods = SHELF.get(random.nextInt(SHELF.size()));
        long qtyMilli = goods.byWeight() ? random.nextLong(200, 3_000) : 1_000 * random.nextLong(1, 4);
        long gross = (qtyMilli * goods.priceFen() + 500) / 1_000;
        long discount = random.nextInt(5) == 0 ? gross / 10 : 0;
        return JsonNodeFactory.instance.objectNode().put("lineNo", lineNo).put("sku", goods.sku()).put("name", goods.name()).put("qtyMilli", qtyMilli)
                .put("unit", goods.byWeight() ? "kg" : "piece").put("unitPriceFen", goods.priceFen()).put("grossFen", gross).put("discountFen", discount)
                .put("netFen", gross - discount).put("codeSystem", "COICOP-2018").put("categoryCode", goods.category());
    }

    private void pay(ObjectNode paidBy) {
        if (plan.cards().isEmpty() || random.nextBoolean()) {
            paidBy.put("means", "CASH");
        } else {
            paidBy.put("means", "WALLET").put("cardNo", plan.cards().get(random.nextInt(plan.cards().size())));
        }
    }

    /** Makes a sale not add up, and says how that must be answered. */
    private String spoil(ObjectNode sale) {
        ObjectNode basket = (ObjectNode) sale.get("basket");
        return switch (random.nextInt(4)) {
            case 0 -> {
                add(sale, "amountFen");
                yield "AMOUNT";
            }
            case 1 -> {
                add((ObjectNode) basket.get("totals"), "netFen");
                yield "TOTALS";
            }
            case 2 -> {
                add((ObjectNode) basket.get("lines").get(0), "grossFen");
                yield "GROSS";
            }
            default -> {
                add((ObjectNode) basket.get("lines").get(0), "netFen");
                yield "NET";
            }
        };
    }

    private static void add(ObjectNode node, String field) {
        node.put(field, node.get(field).longValue() + 1);
    }
}
