package cn.onecard.settlement.fares;

import cn.onecard.fare.Tariff;
import cn.onecard.vocabulary.ServiceCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** Numbers for the stations and lines of a source, which has names: those of an earlier fare table where it has them, for readers are
 *  set up with these, and new ones for the rest. */
final class Numbering {
    private final Optional<Tariff> earlier;
    private final Map<String, Integer> stations = new LinkedHashMap<>();
    private final Map<ServiceCode, Map<String, Integer>> lines = new LinkedHashMap<>();

    Numbering(Optional<Tariff> earlier) {
        this.earlier = earlier;
    }

    int station(String name) {
        return stations.computeIfAbsent(name, key -> known(earlier.map(tariff -> tariff.findStation(name)))
                .orElseGet(() -> next(name, stations, number -> earlier.flatMap(tariff -> tariff.findStationName(number)).isPresent())));
    }

    int line(ServiceCode service, String name) {
        Map<String, Integer> own = lines.computeIfAbsent(service, key -> new LinkedHashMap<>());
        return own.computeIfAbsent(name, key -> known(earlier.map(tariff -> tariff.findLine(service, name)))
                .orElseGet(() -> next(name, own, number -> earlier.flatMap(tariff -> tariff.findLineName(service, number)).isPresent())));
    }

    private static Optional<Integer> known(Optional<OptionalInt> number) {
        return number.flatMap(found -> found.isPresent() ? Optional.of(found.getAsInt()) : Optional.empty());
    }

    /** A name that is a number is its own number, if nobody has it. */
    private static int next(String name, Map<String, Integer> taken, IntPredicate takenEarlier) {
        IntPredicate free = number -> !taken.containsValue(number) && !takenEarlier.test(number);
        if (name.matches("[1-9]\\d{0,8}") && free.test(Integer.parseInt(name))) {
            return Integer.parseInt(name);
        }
        int number = taken.size() + 1;
        while (!free.test(number)) {
            number++;
        }
        return number;
    }

    /** The names and numbers given, as rules of a fare table. */
    String rules() {
        StringBuilder text = new StringBuilder();
        stations.forEach((name, number) -> text.append("station,").append(number).append(',').append(name).append('\n'));
        lines.forEach((service, own) -> own.forEach((name, number) -> text.append("line,").append(service).append(',').append(number).append(',')
                .append(name).append('\n')));
        return text.toString();
    }
}
