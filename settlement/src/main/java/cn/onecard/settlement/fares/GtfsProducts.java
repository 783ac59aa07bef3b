package cn.onecard.settlement.fares;

import cn.onecard.settlement.fares.SourceTable.Row;
import cn.onecard.vocabulary.CardKind;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The fare products of a GTFS feed that our cards may stand for, and what each kind of card pays for them. */
final class GtfsProducts {
    private final GtfsChoice choice;
    private final Map<String, Product> products = new LinkedHashMap<>();
    private final Set<String> others = new TreeSet<>();
    private final Map<String, CardKind> kindOfRider = new HashMap<>();
    private Optional<String> currency = Optional.empty();
    private int left;           // written by take()

    private GtfsProducts(GtfsChoice choice) {
        this.choice = choice;
    }

    /** A product.
     *
     *  @param hundredths what each kind of card pays, negative for a discount; kinds not named pay what ordinary ones pay
     *  @param row where it stands first */
    record Product(Map<CardKind, Long> hundredths, Row row) {
        long ordinary() throws ImportRefused {
            Long amount = hundredths.get(CardKind.ORDINARY);
            if (amount == null) {
                throw row.refused("no price for ordinary riders");
            }
            return amount;
        }
    }

    static GtfsProducts read(GtfsFeed feed, GtfsChoice choice) throws IOException {
        GtfsProducts products = new GtfsProducts(choice);
        for (Row row : feed.table("rider_categories.txt").rows()) {
            row.understand(Set.of("rider_category_id", "rider_category_name", "is_default_fare_category", "eligibility_url"), choice.ignored());
            CardKind chosen = choice.riders().get(row.some("rider_category_id"));
            if (chosen != null) {
                products.kindOfRider.put(row.get("rider_category_id"), chosen);
            } else if (row.get("is_default_fare_category").equals("1")) {
                products.kindOfRider.put(row.get("rider_category_id"), CardKind.ORDINARY);
            }
        }
        for (Row row : feed.table("fare_products.txt").rows()) {
            products.take(row);
        }
        return products;
    }

    private void take(Row row) throws ImportRefused {
        String id = row.some("fare_product_id");
        boolean otherMedium = choice.medium().isPresent() && row.has("fare_media_id") && !row.get("fare_media_id").equals(choice.medium().get());
        if (otherMedium || choice.without().contains(id)) {
            others.add(id);
            left++;
            return;
        }
        row.understand(Set.of("fare_product_id", "fare_product_name", "rider_category_id", "fare_media_id", "amount", "currency"), choice.ignored());
        if (!currency.orElse(row.some("currency")).equals(row.some("currency"))) {
            throw row.refused("a second currency: " + row.get("currency"));
        }
        currency = Optional.of(row.get("currency"));
        CardKind kind = row.has("rider_category_id") ? kindOfRider.get(row.get("rider_category_id")) : CardKind.ORDINARY;
        if (kind == null) {
            throw row.refused("rider category " + row.get("rider_category_id") + " is no kind of card; --rider " + row.get("rider_category_id")
                    + "=KIND says which");
        }
        Product product = products.computeIfAbsent(id, key -> new Product(new EnumMap<>(CardKind.class), row));
        Long before = product.hundredths().putIfAbsent(kind, row.hundredths("amount"));
        if (before != null && before != row.hundredths("amount")) {
            throw row.refused("a second price of " + id + " for " + kind + " cards; --medium says what our cards stand for, --rider which riders have them");
        }
    }

    /** The currency of all products.
     *
     *  @throws ImportRefused if there are none */
    String currency() throws ImportRefused {
        return currency.orElseThrow(() -> new ImportRefused("fare_products.txt: no products" + choice.medium().map(medium -> " on " + medium).orElse("")));
    }

    /** What was left out because the person who imports said so. */
    List<String> notes() {
        return left == 0 ? List.of() : List.of(left + " prices of other media and products left out");
    }

    /** The product that a rule speaks of, or empty if it is left out on purpose.
     *
     *  @throws ImportRefused if there is no such product */
    Optional<Product> find(Row rule) throws ImportRefused {
        String id = rule.some("fare_product_id");
        Product product = products.get(id);
        if (product == null && !others.contains(id)) {
            throw rule.refused("no fare product " + id);
        }
        return Optional.ofNullable(product);
    }

    /** Complains of a product that nothing in the feed leads to: a pass, for example. */
    void checkUsed(Set<String> used) throws ImportRefused {
        for (Map.Entry<String, Product> product : products.entrySet()) {
            if (!used.contains(product.getKey())) {
                throw product.getValue().row().refused("no leg and no transfer costs " + product.getKey() + "; --without " + product.getKey()
                        + " leaves it out, --medium what other media are for");
            }
        }
    }
}
