package cn.onecard.settlement.fares;

import cn.onecard.settlement.fares.GtfsFares.LegRule;
import cn.onecard.settlement.fares.GtfsProducts.Product;
import cn.onecard.settlement.fares.SourceTable.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The transfer rules of a GTFS feed, as rules of a fare table. In the terms of the specification a ride A is followed by a ride B, and AB
 *  is the product of the transfer: cost type 0 is A + AB, type 1 A + AB + B, type 2 AB alone. */
final class GtfsTransfers {
    private static final Set<String> KNOWN = Set.of("from_leg_group_id", "to_leg_group_id", "transfer_count", "duration_limit", "duration_limit_type",
            "fare_transfer_type", "fare_product_id", "filter_fare_product_id");

    private final GtfsProducts products;
    private final List<LegRule> legs;
    private final GtfsChoice choice;
    private final Map<String, Row> rules = new HashMap<>();
    private final StringBuilder text = new StringBuilder();
    private final Set<String> groups = new HashSet<>();
    private final Set<String> used = new HashSet<>();
    private final List<String> notes = new ArrayList<>();

    private GtfsTransfers(GtfsProducts products, List<LegRule> legs, GtfsChoice choice) {
        this.products = products;
        this.legs = legs;
        this.choice = choice;
    }

    static GtfsTransfers read(GtfsFeed feed, GtfsProducts products, List<LegRule> legs, GtfsChoice choice) throws IOException {
        GtfsTransfers transfers = new GtfsTransfers(products, legs, choice);
        transfers.take(feed.table("fare_transfer_rules.txt").rows());
        return transfers;
    }

    /** The rules, one a line. */
    String rules() {
        return text.toString();
    }

    /** The leg groups that transfers go from or to. */
    Set<String> groups() {
        return groups;
    }

    Set<String> usedProducts() {
        return used;
    }

    List<String> notes() {
        return notes;
    }

    private void take(List<Row> rows) throws ImportRefused {
        Set<String> here = new TreeSet<>();
        legs.forEach(leg -> here.add(leg.group()));
        here.remove("");
        Set<String> namedFrom = named(rows, "from_leg_group_id");
        Set<String> namedTo = named(rows, "to_leg_group_id");
        int left = 0;
        for (Row row : rows) {
            if (row.has("fare_product_id")) {
                used.add(row.get("fare_product_id"));
            }
            List<String> from = groups(row.get("from_leg_group_id"), here, namedFrom);
            List<String> to = groups(row.get("to_leg_group_id"), here, namedTo);
            if (from.isEmpty() || to.isEmpty()) {
                left++;
                continue;
            }
            row.understand(KNOWN, choice.ignored());
            for (String one : from) {
                for (String other : to) {
                    take(row, one, other);
                }
            }
        }
        for (Map.Entry<String, Row> rule : rules.entrySet()) {
            checkCount(rule.getKey(), rule.getValue());
        }
        if (left > 0) {
            notes.add(left + " transfer rules from or to other leg groups left out");
        }
    }

    private static Set<String> named(List<Row> rows, String column) {
        Set<String> named = new HashSet<>();
        rows.forEach(row -> named.add(row.get(column)));
        return named;
    }

    /** An empty group stands for all that the column names nowhere. */
    private static List<String> groups(String wanted, Set<String> here, Set<String> named) {
        return here.stream().filter(group -> wanted.isEmpty() ? !named.contains(group) : group.equals(wanted)).toList();
    }

    private void take(Row row, String from, String to) throws ImportRefused {
        Row before = rules.putIfAbsent(from + " -> " + to, row);
        if (before != null) {
            throw row.refused("a second transfer from " + from + " to " + to + ", after " + before);
        }
        String filter = row.get("filter_fare_product_id");
        for (LegRule leg : legs) {
            if (!filter.isEmpty() && leg.group().equals(from) && !leg.product().row().get("fare_product_id").equals(filter)) {
                throw row.refused("the transfer is for riders with " + filter + " alone, but " + leg.row() + " has another product in the same leg group");
            }
        }
        groups.add(from);
        groups.add(to);
        text.append("transfer,").append(FareName.of(row, from)).append(',').append(FareName.of(row, to)).append(',').append(window(row)).append(',')
                .append(count(row)).append(',').append(action(row)).append('\n');
    }

    private static String window(Row row) throws ImportRefused {
        if (!row.has("duration_limit")) {
            return "entry,entry,*";
        }
        String ends = switch (row.some("duration_limit_type")) {
            case "0" -> "entry,exit";
            case "1" -> "entry,entry";
            case "2" -> "exit,entry";
            case "3" -> "exit,exit";
            default -> throw row.refused("no such duration_limit_type: " + row.get("duration_limit_type"));
        };
        return ends + "," + row.natural("duration_limit");
    }

    private static String count(Row row) throws ImportRefused {
        String count = row.get("transfer_count");
        return count.isEmpty() || count.equals("-1") ? "*" : Integer.toString(row.natural("transfer_count"));
    }

    /** We count all transfers in a row, GTFS those within a group: that is the same only if no other transfer leads into the group. */
    private void checkCount(String ends, Row row) throws ImportRefused {
        if (count(row).equals("*")) {
            return;
        }
        String group = ends.substring(ends.indexOf(" -> ") + 4);
        for (Map.Entry<String, Row> other : rules.entrySet()) {
            if (!other.getValue().equals(row) && other.getKey().endsWith(" -> " + group)) {
                throw row.refused("a number of transfers within " + group + ", which " + other.getValue() + " leads into from elsewhere");
            }
        }
    }

    private String action(Row row) throws ImportRefused {
        long between = price(row);
        return switch (row.some("fare_transfer_type")) {
            case "0" -> between < 0 ? refuse(row) : between == 0 ? "free" : "fixed," + between;
            case "1" -> between < 0 ? "less," + -between : "more," + between;
            case "2" -> between < 0 ? refuse(row) : "total," + between;
            default -> throw row.refused("no such fare_transfer_type: " + row.get("fare_transfer_type"));
        };
    }

    private static String refuse(Row row) throws ImportRefused {
        throw row.refused("a transfer with a negative cost");
    }

    private long price(Row row) throws ImportRefused {
        if (!row.has("fare_product_id")) {
            return 0;
        }
        Optional<Product> product = products.find(row);
        if (product.isEmpty()) {
            throw row.refused("the transfer costs " + row.get("fare_product_id") + ", which is left out");
        }
        if (Set.copyOf(product.get().hundredths().values()).size() > 1) {
            throw product.get().row().refused("a transfer that costs each kind of card something else");
        }
        return product.get().ordinary();
    }
}
