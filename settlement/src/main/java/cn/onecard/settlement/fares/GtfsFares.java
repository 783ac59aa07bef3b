package cn.onecard.settlement.fares;

import cn.onecard.fare.Tariff;
import cn.onecard.settlement.fares.GtfsFeed.Route;
import cn.onecard.settlement.fares.GtfsProducts.Product;
import cn.onecard.settlement.fares.SourceTable.Row;
import cn.onecard.vocabulary.CardKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A fare table made of a GTFS feed with Fares v2 [1].
 *
 *  <p>A network becomes a matrix: stops that the leg rules cannot tell apart are a zone of it, and each pair of zones has the one fare
 *  that its leg rules come to. In a feed without priorities an empty area or network stands for all that the column names nowhere [1].
 *  Where two fares are left, riders choose between products, which a card cannot do: that is refused.
 *
 *  <p>[1] General Transit Feed Specification, reference, files fare_leg_rules.txt and fare_transfer_rules.txt. */
public final class GtfsFares {
    private final GtfsChoice choice;
    private final GtfsFeed feed;
    private final GtfsProducts products;
    private final Numbering numbers;
    private final List<LegRule> rules = new ArrayList<>();
    private final Set<String> namedNetworks = new HashSet<>();
    private final Set<String> namedFrom = new HashSet<>();
    private final Set<String> namedTo = new HashSet<>();
    private final Set<String> usedProducts = new HashSet<>();
    private final List<String> notes = new ArrayList<>();
    private boolean priorities;         // written by readLegs()

    private GtfsFares(GtfsFeed feed, GtfsProducts products, GtfsChoice choice, Optional<Tariff> earlier) {
        this.choice = choice;
        this.feed = feed;
        this.products = products;
        this.numbers = new Numbering(earlier);
    }

    /** A leg rule.
     *
     *  @param when its timeframe group and the end of the ride that lies in it, or empty: always */
    record LegRule(String group, String network, String from, String to, Optional<String> when, Product product, int priority, Row row) {}

    /** What a ride from a zone to another costs, and in which leg group it is if that matters. */
    private record Outcome(Map<CardKind, Long> prices, Optional<String> group) {}

    /** The fare table of a feed.
     *
     *  @param earlier whose numbers stations and lines keep
     *  @throws ImportRefused naming the line that a fare table cannot say */
    public static Imported read(Path folder, GtfsChoice choice, Optional<Tariff> earlier) throws IOException {
        GtfsFeed feed = GtfsFeed.read(folder, choice);
        return new GtfsFares(feed, GtfsProducts.read(feed, choice), choice, earlier).make(folder);
    }

    private Imported make(Path folder) throws IOException {
        for (Row row : feed.table("fare_leg_join_rules.txt").rows()) {
            throw row.refused("legs that are joined to one are not known to fare tables");
        }
        readLegs();
        GtfsTransfers transfers = GtfsTransfers.read(feed, products, rules, choice);
        usedProducts.addAll(transfers.usedProducts());
        products.checkUsed(usedProducts);
        StringBuilder matrices = new StringBuilder();
        for (Map.Entry<String, List<Route>> network : feed.networks().entrySet()) {
            matrices.append(network(network.getKey(), network.getValue(), transfers.groups()));
        }
        StringBuilder text = new StringBuilder("version," + choice.version() + "\ncurrency," + products.currency() + "\n");
        if (!transfers.rules().isEmpty()) {
            text.append("order,transfer,round\n");
        }
        text.append(numbers.rules());
        feed.timeframes().forEach((name, timeframe) -> {
            if (!timeframe.always()) {
                timeframe.rules().forEach(rule -> text.append("timeframe,").append(name).append(',').append(rule).append('\n'));
            }
        });
        text.append(matrices).append(transfers.rules());
        List<String> all = new ArrayList<>(feed.notes());
        all.addAll(products.notes());
        all.addAll(notes);
        all.addAll(transfers.notes());
        return new Imported(Tariff.parse(folder + " as a fare table", text.toString()), all);
    }

    private void readLegs() throws IOException {
        int otherNetworks = 0;
        int otherProducts = 0;
        for (Row row : feed.table("fare_leg_rules.txt").rows()) {
            priorities |= row.hasColumn("rule_priority");
            addIfAny(namedNetworks, row.get("network_id"));
            addIfAny(namedFrom, row.get("from_area_id"));
            addIfAny(namedTo, row.get("to_area_id"));
            usedProducts.add(row.some("fare_product_id"));
            Optional<Product> product = products.find(row);
            if (row.has("network_id") && !feed.networks().containsKey(row.get("network_id"))) {
                if (choice.networks().isEmpty()) {
                    throw row.refused("no route is of network " + row.get("network_id"));
                }
                otherNetworks++;
            } else if (product.isEmpty()) {
                otherProducts++;
            } else {
                rules.add(legRule(row, product.get()));
            }
        }
        if (rules.isEmpty()) {
            throw new ImportRefused("fare_leg_rules.txt: no rule is left");
        }
        if (otherNetworks > 0) {
            notes.add(otherNetworks + " leg rules of other networks left out");
        }
        if (otherProducts > 0) {
            notes.add(otherProducts + " leg rules of other media and products left out");
        }
    }

    private static void addIfAny(Set<String> names, String name) {
        if (!name.isEmpty()) {
            names.add(name);
        }
    }

    private LegRule legRule(Row row, Product product) throws ImportRefused {
        row.understand(Set.of("leg_group_id", "network_id", "from_area_id", "to_area_id", "from_timeframe_group_id", "to_timeframe_group_id",
                "fare_product_id", "rule_priority"), choice.ignored());
        for (String column : List.of("from_area_id", "to_area_id")) {
            if (row.has(column) && !feed.areas().contains(row.get(column))) {
                throw row.refused("no area " + row.get(column));
            }
        }
        for (long amount : product.hundredths().values()) {
            if (amount < 0) {
                throw product.row().refused("a leg cannot have a negative fare");
            }
        }
        Optional<String> from = timeframe(row, "from_timeframe_group_id", "entry");
        Optional<String> to = timeframe(row, "to_timeframe_group_id", "exit");
        if (from.isPresent() && to.isPresent()) {
            throw row.refused("a fare by two timeframes at once");
        }
        product.ordinary();
        return new LegRule(row.get("leg_group_id"), row.get("network_id"), row.get("from_area_id"), row.get("to_area_id"), from.or(() -> to), product,
                row.has("rule_priority") ? row.natural("rule_priority") : 0, row);
    }

    private Optional<String> timeframe(Row row, String column, String end) throws ImportRefused {
        if (!row.has(column)) {
            return Optional.empty();
        }
        GtfsFeed.Timeframe timeframe = feed.timeframes().get(row.get(column));
        if (timeframe == null) {
            throw row.refused("no timeframe " + row.get(column));
        }
        return timeframe.always() ? Optional.empty() : Optional.of(FareName.of(row, row.get(column)) + "," + end);
    }

    /** The matrices of a network, one for each timeframe and one for all other times. */
    private String network(String network, List<Route> routes, Set<String> groups) throws ImportRefused {
        List<LegRule> own = new ArrayList<>();
        for (LegRule rule : rules) {
            if (rule.network().isEmpty() ? priorities || !namedNetworks.contains(network) : rule.network().equals(network)) {
                own.add(rule);
            }
        }
        if (own.isEmpty()) {
            throw new ImportRefused("fare_leg_rules.txt: network " + network + " has no fare; --network leaves it out");
        }
        Map<SortedSet<String>, Set<String>> zones = zones(own);
        String name = network.isEmpty() ? "all" : FareName.of(own.getFirst().row(), network);
        Set<String> times = own.stream().flatMap(rule -> rule.when().stream()).collect(Collectors.toCollection(TreeSet::new));
        if (times.size() > 1) {
            throw own.getLast().row().refused("network " + network + " has fares in several timeframes, which might hold at once");
        }
        StringBuilder text = new StringBuilder();
        StringBuilder tables = new StringBuilder();
        List<Optional<String>> variants = new ArrayList<>(times.stream().map(Optional::of).toList());
        variants.add(Optional.empty());
        for (Optional<String> when : variants) {
            String matrix = name + when.map(time -> "~" + time.replace(",", "~")).orElse("");
            text.append(matrix(matrix, own, zones, when, groups));
            for (Route route : routes) {
                tables.append("table,").append(route.service()).append(',').append(numbers.line(route.service(), FareName.label(own.getFirst().row(), route.id())))
                        .append(',').append(matrix).append(when.map(time -> "," + time).orElse("")).append('\n');
            }
        }
        return text.append(tables).toString();
    }

    /** The stops that the rules cannot tell apart, by the areas that they are in. */
    private Map<SortedSet<String>, Set<String>> zones(List<LegRule> own) {
        Set<String> relevant = new HashSet<>();
        for (LegRule rule : own) {
            addIfAny(relevant, rule.from());
            addIfAny(relevant, rule.to());
            if (!priorities && rule.from().isEmpty()) {
                relevant.addAll(namedFrom);
            }
            if (!priorities && rule.to().isEmpty()) {
                relevant.addAll(namedTo);
            }
        }
        Map<SortedSet<String>, Set<String>> zones = new LinkedHashMap<>();
        zones.put(new TreeSet<>(), new TreeSet<>());
        feed.areasOfStop().forEach((stop, areas) -> {
            SortedSet<String> counted = new TreeSet<>(areas);
            counted.retainAll(relevant);
            if (!counted.isEmpty()) {
                zones.computeIfAbsent(counted, key -> new TreeSet<>()).add(stop);
            }
        });
        return zones;
    }

    private String matrix(String name, List<LegRule> own, Map<SortedSet<String>, Set<String>> zones, Optional<String> when, Set<String> groups)
            throws ImportRefused {
        Set<CardKind> kinds = new TreeSet<>(Set.of(CardKind.ORDINARY));
        own.forEach(rule -> kinds.addAll(rule.product().hundredths().keySet()));
        StringBuilder text = new StringBuilder("matrix," + name + "," + kinds.stream().map(CardKind::name).collect(Collectors.joining(",")) + "\n");
        Row first = own.getFirst().row();
        for (Map.Entry<SortedSet<String>, Set<String>> zone : zones.entrySet()) {
            if (!zone.getKey().isEmpty()) {
                List<String> stations = new ArrayList<>();
                for (String stop : zone.getValue()) {
                    stations.add(Integer.toString(numbers.station(FareName.label(first, stop))));
                }
                text.append("zone,").append(name).append(',').append(zone(first, zone.getKey())).append(',').append(String.join(" ", stations)).append('\n');
            }
        }
        for (SortedSet<String> from : zones.keySet()) {
            for (SortedSet<String> to : zones.keySet()) {
                Optional<Outcome> outcome = outcome(own.stream().filter(rule -> goesFrom(rule, from) && goesTo(rule, to)).toList(), when, groups);
                if (outcome.isPresent()) {
                    text.append("pair,").append(name).append(',').append(zone(first, from)).append(',').append(zone(first, to));
                    kinds.forEach(kind -> text.append(',').append(price(outcome.get(), kind)));
                    outcome.get().group().ifPresent(group -> text.append(',').append(group));
                    text.append('\n');
                }
            }
        }
        return text.toString();
    }

    private static long price(Outcome outcome, CardKind kind) {
        Long own = outcome.prices().get(kind);
        return own != null ? own : outcome.prices().getOrDefault(CardKind.ORDINARY, 0L);
    }

    private boolean goesFrom(LegRule rule, Set<String> areas) {
        return matches(rule.from(), areas, namedFrom);
    }

    private boolean goesTo(LegRule rule, Set<String> areas) {
        return matches(rule.to(), areas, namedTo);
    }

    private boolean matches(String wanted, Set<String> areas, Set<String> named) {
        if (!wanted.isEmpty()) {
            return areas.contains(wanted);
        }
        return priorities || areas.stream().noneMatch(named::contains);
    }

    /** The one fare that rules come to at a time, or empty if none of them is about it.
     *
     *  @throws ImportRefused if they come to two */
    private static Optional<Outcome> outcome(List<LegRule> matching, Optional<String> when, Set<String> groups) throws ImportRefused {
        List<LegRule> holding = matching.stream().filter(rule -> rule.when().isEmpty() || rule.when().equals(when)).toList();
        if (when.isPresent() && holding.stream().noneMatch(rule -> rule.when().isPresent())) {
            return Optional.empty();            // as at all other times
        }
        int highest = holding.stream().mapToInt(LegRule::priority).max().orElse(0);
        Map<Outcome, LegRule> outcomes = new LinkedHashMap<>();
        for (LegRule rule : holding) {
            if (rule.priority() == highest) {
                Optional<String> group = groups.contains(rule.group()) ? Optional.of(FareName.of(rule.row(), rule.group())) : Optional.empty();
                outcomes.putIfAbsent(new Outcome(rule.product().hundredths(), group), rule);
            }
        }
        if (outcomes.size() > 1) {
            List<LegRule> two = List.copyOf(outcomes.values());
            throw two.get(1).row().refused("the same ride also costs " + two.get(0).product().ordinary() + " by " + two.get(0).row() + " and "
                    + two.get(1).product().ordinary() + " here, or is in another leg group; --medium or --without leave the rider no choice");
        }
        return outcomes.keySet().stream().findFirst();
    }

    private static String zone(Row row, Collection<String> areas) throws ImportRefused {
        if (areas.isEmpty()) {
            return "*";
        }
        List<String> names = new ArrayList<>();
        for (String area : areas) {
            names.add(FareName.of(row, area));
        }
        return String.join("+", names);
    }
}
