package cn.onecard.analytics.protect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dominance rules against the golden cases of the field (family {@code dominance}). */
class DominanceRuleTest {
    @ParameterizedTest
    @ValueSource(strings = {"handbook-1", "handbook-1-p10", "handbook-2-p10", "handbook-2-nk"})
    void isUnsafe_goldenCell_isJudgedAsPublished(String id) {
        JsonNode golden = Vectors.golden("dominance", id);
        JsonNode cell = golden.path("in");
        boolean unsafe = rule(cell.path("rule")).isUnsafe(cell.path("X").asLong(), cell.path("x1").asLong(), cell.path("x2").asLong());
        assertThat(unsafe).isEqualTo(golden.path("out").path("unsafe").asBoolean());
    }

    @Test
    void isUnsafe_ofPercentAndItsShareRule_correspond() {
        JsonNode golden = Vectors.golden("dominance", "handbook-k-to-p");
        for (int i = 0; i < 2; i++) {
            BigDecimal k = golden.path("in").path("k").get(i).decimalValue();
            BigDecimal p = BigDecimal.valueOf(100).multiply(BigDecimal.valueOf(100).subtract(k)).divide(k, 2, RoundingMode.HALF_UP);
            assertThat(p).isEqualByComparingTo(golden.path("out").path("p").get(i).decimalValue());
        }
    }

    @Test
    void isUnsafe_weightCountsAsEqualContributors_flagsTheGoldenGroups() {
        JsonNode golden = Vectors.golden("dominance", "ssb-weighted-tauargus");
        DominanceRule rule = rule(golden.path("in").path("rules").get(0));
        List<String> unsafe = new ArrayList<>();
        groups(golden).forEach((name, pairs) -> {
            List<Long> values = new ArrayList<>();
            pairs.forEach(pair -> values.addAll(Collections.nCopies(pair.get(1).intValue(), pair.get(0))));
            values.sort(Comparator.reverseOrder());
            long total = values.stream().mapToLong(Long::longValue).sum();
            if (rule.isUnsafe(total, values.get(0), values.size() > 1 ? values.get(1) : 0)) {
                unsafe.add(name);
            }
        });
        assertThat(unsafe).isEqualTo(texts(golden.path("out").path("unsafe")));
    }

    @Test
    void isUnsafe_weightsInTheTotalOnly_flagsTheGoldenGroups() {
        JsonNode golden = Vectors.golden("dominance", "ssb-weighted");
        List<String> unsafe = new ArrayList<>();
        List<Long> totals = new ArrayList<>();
        groups(golden).forEach((name, pairs) -> {
            long total = pairs.stream().mapToLong(pair -> pair.get(0) * pair.get(1)).sum();
            long second = pairs.size() > 1 ? pairs.get(1).get(0) : 0;
            boolean flagged = false;
            for (JsonNode rule : golden.path("in").path("rules")) {
                flagged |= rule(rule).isUnsafe(total, pairs.get(0).get(0), second);
            }
            totals.add(total);
            if (flagged) {
                unsafe.add(name);
            }
        });
        assertThat(unsafe).isEqualTo(texts(golden.path("out").path("unsafe")));
        List<Long> expected = new ArrayList<>();
        golden.path("out").path("weightedTotals").forEach(total -> expected.add(total.asLong()));
        assertThat(totals).isEqualTo(expected);
    }

    @Test
    void isUnsafe_topTwoAreEqual_isJudgedByTheRest() {
        DominanceRule rule = new DominanceRule.Percent(10);
        assertThat(rule.isUnsafe(1000, 500, 500)).isTrue();
        assertThat(rule.isUnsafe(1049, 500, 500)).isTrue();
        assertThat(rule.isUnsafe(1050, 500, 500)).isFalse();
    }

    @Test
    void requiredDistance_oneContributor_isItsPercentage() {
        assertThat(new DominanceRule.Percent(10).requiredDistance(1001, 1001, 0)).isEqualTo(101);
        assertThat(new DominanceRule.Percent(10).requiredDistance(110_000, 52_000, 50_000)).isZero();
    }

    private static Map<String, List<List<Long>>> groups(JsonNode golden) {
        Map<String, List<List<Long>>> groups = new TreeMap<>();
        golden.path("in").path("groups").fields().forEachRemaining(group -> {
            List<List<Long>> pairs = new ArrayList<>();
            group.getValue().forEach(pair -> pairs.add(List.of(pair.get(0).asLong(), pair.get(1).asLong())));
            groups.put(group.getKey(), pairs);
        });
        return groups;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static DominanceRule rule(JsonNode rule) {
        if (rule.has("p")) {
            return new DominanceRule.Percent(rule.path("p").asInt());
        }
        String[] share = rule.path("k").asText().split("/", -1);
        return new DominanceRule.Share(rule.path("n").asInt(), Long.parseLong(share[0]), share.length > 1 ? Long.parseLong(share[1]) : 1);
    }
}
