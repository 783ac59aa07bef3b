package cn.onecard.engine.partner.register;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** A sale as a till reports it: a basket of a few goods, made from a seed, that adds up. */
public final class ShopSale {
    private static final int MOST_LINES = 8;

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

    private final SplittableRandom random;

    /** @param random what is sold is made of it */
    public ShopSale(SplittableRandom random) {
        this.random = random;
    }

    /** The next sale, without saying how it is paid.
     *
     *  @param orderNo the till's number of it */
    public ObjectNode next(String orderNo, Instant soldAt) {
        ObjectNode sale = JsonNodeFactory.instance.objectNode().put("orderNo", orderNo).put("soldAt", soldAt.toString()).put("currency", "CNY");
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
        return sale;
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
}
