package cn.onecard.engine.order;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a counter proves about loads, each written as counter, state, terminal. */
class LoadProofTest {
    private static final TerminalId HERE = new TerminalId(1);

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            LOADS,                                    COUNTER_NOW, PROVEN
            7 HELD here,                              8,           DONE
            7 UNKNOWN here,                           9,           DONE
            7 UNKNOWN here,                           7,           -
            7 UNKNOWN there,                          7,           UNDONE
            7 UNKNOWN here;7 CAPTURED here,           8,           UNDONE -
            7 UNKNOWN here;7 UNKNOWN here,            8,           - -
            7 UNKNOWN there;7 UNKNOWN here,           7,           UNDONE -
            7 VOIDED here;7 CAPTURED here,            8,           - -
            6 HELD here;7 UNKNOWN here,               8,           DONE DONE
            8 HELD here,                              7,           -
            """)
    void byCard_counterNow_provesWhatTheTableSays(String loads, int counterNow, String proven) {
        List<Loads.Load> latest = loads(loads);
        List<LoadProof.Proven> found = LoadProof.byCard(latest, HERE, counterNow);
        assertThat(latest.stream().map(load -> found.stream().filter(one -> one.load().equals(load)).map(one -> one.event().name().substring(6))
                .findFirst().orElse("-"))).containsExactlyElementsOf(Arrays.asList(proven.split(" ")));
    }

    @ParameterizedTest
    @CsvSource({"7 UNKNOWN there;7 CAPTURED here, UNDONE", "7 UNKNOWN there;6 CAPTURED here, -"})
    void byConfirmation_sameCounter_provesTheOtherUndone(String loads, String proven) {
        List<LoadProof.Proven> found = LoadProof.byConfirmation(loads(loads), HERE);
        assertThat(found.isEmpty() ? "-" : found.getFirst().event().name().substring(6)).isEqualTo(proven);
    }

    private static List<Loads.Load> loads(String text) {
        String[] loads = text.split(";", -1);
        return IntStream.range(0, loads.length).mapToObj(i -> {
            String[] words = loads[i].split(" ", -1);
            LoadTerms terms = new LoadTerms(words[2].equals("here") ? HERE : new TerminalId(2),
                    new LoadTerms.CardInit(Money.ZERO, Integer.parseInt(words[0]), 0, 1), new EventTime(0));
            return new Loads.Load(new OrderId(0, i), Asking.wallet(1).cardNo(), OrderState.valueOf(words[1]), Money.ofFen(100), terms);
        }).toList();
    }
}
