package cn.onecard.settlement.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.settlement.city.City.Act;
import cn.onecard.settlement.city.City.ActKind;
import cn.onecard.settlement.city.City.Card;
import cn.onecard.settlement.city.City.Psam;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.TerminalId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A generated city is playable: every card can pay its day, every act names what the city has. */
final class GeneratedCityTest {
    private static final BusinessDate DAY = BusinessDate.parse("2026-11-20");

    @TempDir
    private Path folder = Path.of(".");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42})
    void make_anySeed_dayIsPlayable(long seed) {
        City city = GeneratedCity.make(seed, DAY, 200, 1500);

        Map<CardNo, Money> purses = new HashMap<>(city.cards().stream().collect(Collectors.toMap(Card::number, Card::openingBalance)));
        Map<TerminalId, Psam> psams = city.psams().stream().collect(Collectors.toMap(Psam::id, Function.identity()));
        long taps = 0;
        for (Act act : city.plan()) {
            Psam psam = Objects.requireNonNull(psams.get(act.psam()), act::toString);
            assertThat(psam.party()).isEqualTo(act.party());
            assertThat(psam.service()).isEqualTo(act.line().service());
            assertThat(city.lines()).contains(act.line());
            assertThat(act.at().toLocalDate()).isEqualTo(DAY.day());
            assertThat(act.ride() == RideKind.ENTRY ? act.amount() : Money.ZERO).isEqualTo(Money.ZERO);
            if (act.kind() != ActKind.FORGE) {
                taps++;
                Money after = Objects.requireNonNull(purses.get(act.card()), act::toString).minus(act.amount());
                assertThat(after.isNegative()).as("seed %d: %s", seed, act).isFalse();
                purses.put(act.card(), after);
            }
        }
        assertThat(taps).as("seed %d", seed).isEqualTo(1500);
        assertThat(city.plan()).as("seed %d", seed).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    }

    @Test
    void make_sameSeed_sameFiles() throws Exception {
        CityFiles.write(GeneratedCity.make(5, DAY, 50, 300), folder.resolve("a"));
        CityFiles.write(GeneratedCity.make(5, DAY, 50, 300), folder.resolve("b"));
        CityFiles.write(GeneratedCity.make(6, DAY, 50, 300), folder.resolve("c"));

        for (String name : List.of("cards.csv", "psams.csv", "parties.csv", "lines.csv", "tariffs.csv", "tariff-1.csv", "fees.csv", "plan.csv")) {
            assertThat(folder.resolve("b").resolve(name)).hasSameBinaryContentAs(folder.resolve("a").resolve(name));
        }
        assertThat(Files.mismatch(folder.resolve("a/plan.csv"), folder.resolve("c/plan.csv"))).isNotNegative();
    }

    @Test
    void make_noCards_isRefused() {
        assertThatThrownBy(() -> GeneratedCity.make(1, DAY, 0, 10)).hasMessageContaining("at least one card");
    }
}
