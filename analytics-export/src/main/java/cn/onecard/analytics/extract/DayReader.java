package cn.onecard.analytics.extract;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** TODO */
public final class DayReader {
    static final List<String> HOURS = Stream.concat(IntStream.range(0, 24).mapToObj("%02d"::formatted), Stream.of(Cell.UNKNOWN)).toList();
    static final List<String> CARD_CLASSES = List.of("ORDINARY", "CONCESSION");
}
