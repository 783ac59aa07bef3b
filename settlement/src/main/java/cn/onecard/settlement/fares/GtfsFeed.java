package cn.onecard.settlement.fares;

import cn.onecard.settlement.fares.SourceTable.Row;
import cn.onecard.vocabulary.ServiceCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a GTFS feed says of its routes, stops and times, as far as fares speak of them. */
final class GtfsFeed {
    private static final String ROUTES = "routes.txt";

    private final Path folder;
    private final GtfsChoice choice;
    private final Map<String, List<Route>> networks = new LinkedHashMap<>();
    private final Map<String, SortedSet<String>> areasOfStop = new TreeMap<>();
    private final Set<String> areas = new HashSet<>();
    private final Map<String, Timeframe> timeframes = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private GtfsFeed(Path folder, GtfsChoice choice) {
        this.folder = folder;
        this.choice = choice;
    }

    /** A route and the service that it is. */
    record Route(String id, ServiceCode service) {}

    /** A timeframe group.
     *
     *  @param rules each of its timeframes, as a fare table has it after the name
     *  @param always whether it is every moment of every day */
    record Timeframe(List<String> rules, boolean always) {}

    static GtfsFeed read(Path folder, GtfsChoice choice) throws IOException {
        GtfsFeed feed = new GtfsFeed(folder, choice);
        feed.readNetworks();
        feed.readAreas();
        feed.readTimeframes();
        return feed;
    }

    SourceTable table(String file) throws IOException {
        return SourceTable.read(folder.resolve(file));
    }

    /** The networks that are imported, each with its routes, in the order of the feed. */
    Map<String, List<Route>> networks() {
        return networks;
    }

    Set<String> areas() {
        return areas;
    }

    /** The areas of each stop that is in one. */
    Map<String, SortedSet<String>> areasOfStop() {
        return areasOfStop;
    }

    Map<String, Timeframe> timeframes() {
        return timeframes;
    }

    List<String> notes() {
        return notes;
    }

    private void readNetworks() throws IOException {
        Map<String, String> networkOfRoute = new HashMap<>();
        for (Row row : table("route_networks.txt").rows()) {
            networkOfRoute.put(row.some("route_id"), row.some("network_id"));
        }
        Map<String, ServiceCode> services = new HashMap<>();
        Set<String> missing = new TreeSet<>(choice.networks());
        int left = 0;
        for (Row row : table(ROUTES).rows()) {
            String network = networkOfRoute.getOrDefault(row.some("route_id"), row.get("network_id"));
            missing.remove(network);
            if (!choice.networks().isEmpty() && !choice.networks().contains(network)) {
                left++;
                continue;
            }
            ServiceCode service = service(row, network);
            if (services.computeIfAbsent(network, key -> service) != service) {
                throw row.refused("network " + network + " is a bus and a metro at once; --service " + network + "=BUS or METRO says which");
            }
            networks.computeIfAbsent(network, key -> new ArrayList<>()).add(new Route(row.some("route_id"), service));
        }
        if (!missing.isEmpty()) {
            throw new ImportRefused(folder.resolve(ROUTES) + ": no network " + String.join(", ", missing));
        }
        if (left > 0) {
            notes.add(left + " routes of other networks left out");
        }
    }

    private ServiceCode service(Row row, String network) throws ImportRefused {
        ServiceCode chosen = choice.services().get(network);
        if (chosen != null) {
            return chosen;
        }
        String type = row.some("route_type");
        return switch (type) {
            case "3", "11" -> ServiceCode.BUS;
            case "0", "1", "5", "12" -> ServiceCode.METRO;
            default -> throw row.refused("route type " + type + " of network " + network + " is neither a bus nor a metro; --service " + network
                    + "=BUS or METRO says as which it is read, --network leaves it out");
        };
    }

    /** A stop is in its own areas and in those of the station that it is part of. */
    private void readAreas() throws IOException {
        for (Row row : table("areas.txt").rows()) {
            areas.add(row.some("area_id"));
        }
        Map<String, SortedSet<String>> named = new HashMap<>();
        for (Row row : table("stop_areas.txt").rows()) {
            if (!areas.contains(row.some("area_id"))) {
                throw row.refused("no area " + row.get("area_id"));
            }
            named.computeIfAbsent(row.some("stop_id"), key -> new TreeSet<>()).add(row.get("area_id"));
        }
        Set<String> stops = new HashSet<>();
        for (Row row : table("stops.txt").rows()) {
            String stop = row.some("stop_id");
            stops.add(stop);
            SortedSet<String> all = new TreeSet<>(named.getOrDefault(stop, new TreeSet<>()));
            all.addAll(named.getOrDefault(row.get("parent_station"), new TreeSet<>()));
            if (!all.isEmpty()) {
                areasOfStop.put(stop, all);
            }
        }
        for (String stop : named.keySet()) {
            if (!stops.contains(stop)) {
                throw new ImportRefused("stop_areas.txt: there is no stop " + stop);
            }
        }
    }

    private void readTimeframes() throws IOException {
        Map<String, Row> calendar = new HashMap<>();
        for (Row row : table("calendar.txt").rows()) {
            calendar.put(row.some("service_id"), row);
        }
        Map<String, Row> exceptions = new HashMap<>();
        for (Row row : table("calendar_dates.txt").rows()) {
            exceptions.putIfAbsent(row.some("service_id"), row);
        }
        for (Row row : table("timeframes.txt").rows()) {
            row.understand(Set.of("timeframe_group_id", "start_time", "end_time", "service_id"), choice.ignored());
            Row days = calendar.get(row.some("service_id"));
            if (days == null) {
                throw row.refused("service " + row.get("service_id") + " is not in calendar.txt, so its days of the week are not known");
            }
            Row exception = exceptions.get(row.get("service_id"));
            if (exception != null) {
                throw exception.refused("service " + row.get("service_id") + " of a timeframe has exceptions, which a fare table cannot say of one timeframe");
            }
            notes.add("timeframe " + row.get("timeframe_group_id") + " is for " + days.get("start_date") + " to " + days.get("end_date")
                    + " in the feed; a fare table holds as long as readers have it");
            String week = week(days);
            String from = row.has("start_time") ? time(row, "start_time") : "00:00:00";
            String to = row.has("end_time") ? time(row, "end_time") : "24:00";
            boolean always = week.equals("1234567") && from.equals("00:00:00") && to.equals("24:00");
            Timeframe before = timeframes.getOrDefault(row.some("timeframe_group_id"), new Timeframe(List.of(), false));
            List<String> rules = new ArrayList<>(before.rules());
            rules.add(week + "," + from + "," + to);
            timeframes.put(row.get("timeframe_group_id"), new Timeframe(List.copyOf(rules), always || before.always()));
        }
    }

    private static String week(Row days) throws ImportRefused {
        String[] names = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
        StringBuilder week = new StringBuilder();
        for (int i = 0; i < names.length; i++) {
            if (days.some(names[i]).equals("1")) {
                week.append(i + 1);
            }
        }
        if (week.isEmpty()) {
            throw days.refused("the service of a timeframe runs on no day of the week");
        }
        return week.toString();
    }

    private static String time(Row row, String column) throws ImportRefused {
        String time = row.get(column);
        if (!time.matches("\\d{1,2}:\\d{2}:\\d{2}")) {
            throw row.refused(column + " is no time: " + time);
        }
        String padded = time.length() == 7 ? "0" + time : time;
        return padded.equals("24:00:00") ? "24:00" : padded;
    }
}
