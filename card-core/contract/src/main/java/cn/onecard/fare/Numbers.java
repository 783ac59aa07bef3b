package cn.onecard.fare;

import java.util.List;
import java.util.stream.Collectors;

/** Station numbers in one field of a fare table, with spaces between. */
final class Numbers {
    private Numbers() {}

    static String text(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
