package cn.onecard.engine.partner.register;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Sells: baskets of a few goods, from a seed, some of which do not add up. */
final class SalesClerk {
    private static final Instant FIRST = Instant.parse("2026-11-25T00:00:00Z");
    private static final int SECONDS_A_SALE = 7;

    private final TillPlan plan;
    private final SplittableRandom random;
    private final ShopSale sales;

    SalesClerk(TillPlan plan) {
        this.plan = plan;
        this.random = new SplittableRandom(plan.seed());
        this.sales = new ShopSale(random);
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
        ObjectNode sale = sales.next(plan.store() + "-" + plan.seed() + "-" + seq, FIRST.plusSeconds(seq * SECONDS_A_SALE));
        long amount = sale.get("amountFen").longValue();
        pay(sale.putObject("paidBy"));
        String expected = random.nextInt(100) < plan.wrongPercent() ? spoil(sale) : "TAKEN";
        return new SoldRecord(seq, sale, expected, amount);
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
