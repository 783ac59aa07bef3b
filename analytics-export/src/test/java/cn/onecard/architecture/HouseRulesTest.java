package cn.onecard.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The house keeps its rules, and every rule can be seen to fail: the same rule is put to a little house among the tests that
 *  breaks it, and must say where. */
class HouseRulesTest {
    private static final House HOUSE = House.whole();
    private static final House FIXTURE = House.fixture();

    /** A rule and what it says of the little house. */
    static Stream<Arguments> rules() {
        return Stream.of(
                rule("plates", HouseRules::plates, "cn.onecard.housefixture.bare has no plate", "cn.onecard.housefixture.util bears the name elsewhere"),
                rule("imports", HouseRules::imports, "cn.onecard.housefixture.engine.first uses engine.second, which is not on its plate"),
                rule("permissions", HouseRules::permissions, "cn.onecard.housefixture.engine.first may use vocabulary and does not"),
                rule("cycles", HouseRules::cycles, "engine.first leads back to itself", "engine.second leads back to itself"),
                rule("modules", HouseRules::modules, "cn.onecard.housefixture.engine.second reaches into another module: terminal.reader"),
                rule("proofs", HouseRules::proofs, "OpenProof is a @Proof and not a final class", "OpenProof is a @Proof that others can make",
                        "RecordProof is a @Proof and not a final class", "RecordProof is a @Proof that others can make"),
                rule("methodLengths", HouseRules::methodLengths, "tooLong has 71 lines"),
                rule("packageNames", HouseRules::packageNames, "cn.onecard.housefixture.util has a name that says nothing"),
                rule("floatingFields", HouseRules::floatingFields, "Careless.price is floating-point", "Careless.rates is floating-point",
                        "Careless.share is floating-point"),
                rule("clocks", HouseRules::clocks, "java.time.Instant.now()", "java.lang.System.currentTimeMillis()", "java.time.Clock.systemUTC()",
                        "java.time.LocalDate.now(java.time.ZoneId)", "java.time.LocalTime.now"),
                rule("libraries", HouseRules::libraries, "cn.onecard.housefixture.bare opens io.vertx.", "cn.onecard.housefixture.bare opens java.sql and",
                        "cn.onecard.housefixture.bare opens javax.smartcardio", "cn.onecard.housefixture.bare opens org.jooq. and",
                        "cn.onecard.housefixture.bare opens org.duckdb"),
                rule("comments", HouseRules::comments, "cn.onecard.housefixture.bare.Careless has no comment"),
                rule("testNames", HouseRules::testNames, "itWorks is not method_condition_outcome"));
    }

    private static Arguments rule(String name, Function<House, List<String>> rule, String... seen) {
        return Arguments.of(name, rule, List.of(seen));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void rule_wholeHouse_isKept(String name, Function<House, List<String>> rule, List<String> seen) {
        assertThat(rule.apply(HOUSE)).as(name).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void rule_houseThatBreaksIt_isSeenToFail(String name, Function<House, List<String>> rule, List<String> seen) {
        List<String> broken = rule.apply(FIXTURE);
        assertThat(seen).as(name).isNotEmpty().allSatisfy(text -> assertThat(broken).anySatisfy(line -> assertThat(line).contains(text)));
    }

    @Test
    void house_everyPackageWritten_isLookedAt() {
        Set<String> compiled = HOUSE.classes().stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        Set<String> written = HOUSE.sources().stream().map(SourceFile::packageName).collect(Collectors.toSet());
        assertThat(compiled).containsExactlyInAnyOrderElementsOf(HOUSE.packages());
        assertThat(written).containsExactlyInAnyOrderElementsOf(HOUSE.packages());
        assertThat(compiled).contains("cn.onecard.vocabulary", "cn.onecard.wire", "cn.onecard.purse", "cn.onecard.fare", "cn.onecard.sql",
                "cn.onecard.terminal.tap", "cn.onecard.settlement.boot", "cn.onecard.analytics.protect");
    }
}
