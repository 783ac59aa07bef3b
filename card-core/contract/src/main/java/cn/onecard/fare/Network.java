package cn.onecard.fare;

import cn.onecard.fare.FareRule.Band;
import cn.onecard.fare.FareRule.Link;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;

/** Stations, the metres between neighbours, and what a distance costs. Filled by {@link FareBook.Builder} and then only read, but for
 *  the distances from a station, which are found when they are first asked for and kept. */
final class Network {
    private final String name;
    private final List<Band> bands = new ArrayList<>();
    private final Map<Integer, List<Link>> links = new HashMap<>();
    private final Map<Integer, Map<Integer, Integer>> metresFrom = new ConcurrentHashMap<>();

    Network(String name) {
        this.name = name;
    }

    void add(Band band) {
        if (!bands.isEmpty() && band.upToMetres() <= bands.getLast().upToMetres()) {
            throw new IllegalArgumentException("the bands of " + name + " do not rise");
        }
        bands.add(band);
    }

    void add(Link link) {
        links.computeIfAbsent(link.station(), station -> new ArrayList<>()).add(link);
        links.computeIfAbsent(link.neighbour(), station -> new ArrayList<>()).add(link.back());
    }

    /** Whether every distance has a fare. */
    boolean isComplete() {
        return !bands.isEmpty() && bands.getLast().upToMetres() == Band.ENDLESS;
    }

    Optional<Base> find(int entry, int exit) {
        return Optional.ofNullable(metresFrom(entry).get(exit)).map(metres -> base(band(metres)));
    }

    /** The fare of the longest way from a station, or to it. */
    Optional<Base> findLargest(int station) {
        return metresFrom(station).values().stream().max(Comparator.naturalOrder()).map(metres -> base(band(metres)));
    }

    List<Base> list() {
        return bands.stream().map(Network::base).toList();
    }

    private static Base base(Band band) {
        return Base.of(band, band.fare());
    }

    private Band band(int metres) {
        return bands.stream().filter(band -> metres <= band.upToMetres()).findFirst().orElseThrow();
    }

    private Map<Integer, Integer> metresFrom(int station) {
        return metresFrom.computeIfAbsent(station, this::measureFrom);
    }

    /** The shortest ways from a station (Dijkstra); none if it is not of this network. */
    private Map<Integer, Integer> measureFrom(int start) {
        Map<Integer, Integer> metres = new HashMap<>();
        if (!links.containsKey(start)) {
            return metres;
        }
        PriorityQueue<Reached> next = new PriorityQueue<>(Comparator.comparingInt(Reached::metres).thenComparingInt(Reached::station));
        next.add(new Reached(start, 0));
        while (!next.isEmpty()) {
            Reached reached = next.remove();
            if (metres.putIfAbsent(reached.station(), reached.metres()) == null) {
                links.getOrDefault(reached.station(), List.of())
                        .forEach(link -> next.add(new Reached(link.neighbour(), Math.addExact(reached.metres(), link.metres()))));
            }
        }
        return metres;
    }

    /** A station, and how far it is. */
    private record Reached(int station, int metres) {}
}
