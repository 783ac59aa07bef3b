package cn.onecard.settlement.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.RideKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded swipes become acts one for one, and a row that is no swipe is named. */
final class SwipeCityTest {
    private static final String HEADER =
            "card_no,deal_date,deal_type,deal_money,deal_value,equ_no,company_name,station,car_no,conn_mark,close_date\n";
    private static final String RIDE = "FHEEEDADJ,2018-09-01 11:18:07,地铁出站,380,400,263030102,地铁五号线,下水径,OGT-102,0,2018-09-01 00:00:00\n";

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void read_threeSwipes_threeActsOfTwoCards() throws IOException {
        City city = SwipeCity.read(file(HEADER + RIDE
                + "FHEEEDADJ,2018-09-01 10:50:00,地铁入站,0,0,263027121,地铁五号线,坂田,IGT-121,0,2018-09-01 00:00:00\n"
                + "HEEEDADJ,2018-09-01 09:33:50,巴士,160,200,231017343,巴士集团,M506,01620D,0,2018-09-01 00:00:00\n"));

        assertThat(city.day()).isEqualTo(BusinessDate.parse("2018-09-01"));
        assertThat(city.plan()).extracting(City.Act::ride).containsExactly(RideKind.SINGLE, RideKind.ENTRY, RideKind.EXIT);
        assertThat(city.plan()).extracting(City.Act::amount).containsExactly(Money.ofFen(160), Money.ZERO, Money.ofFen(380));
        assertThat(city.plan()).extracting(City.Act::fullFare).containsExactly(Money.ofFen(200), Money.ZERO, Money.ofFen(400));
        assertThat(city.cards()).hasSize(2);
        assertThat(city.psams()).hasSize(3);
        assertThat(city.plan().get(1).card()).isEqualTo(city.plan().get(2).card());
        assertThat(city.plan().get(0).card()).isNotEqualTo(city.plan().get(1).card());
    }

    @Test
    void read_maskedNumbersOfTwoLengths_areTwoCards() throws IOException {
        City city = SwipeCity.read(file(HEADER + RIDE.replace("FHEEEDADJ", "AHEEEDADJ") + RIDE.replace("FHEEEDADJ", "HEEEDADJ")));

        assertThat(city.cards()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "地铁出站, 轮渡, no such deal_type",
        "FHEEEDADJ, FHEEEDADX, letters from A to J",
        "380, three, three",
        "2018-09-01 11:18:07, 2018-13-01 11:18:07, 2018-13-01"})
    void read_oneRowIsNoSwipe_isRefusedByLine(String good, String bad, String message) throws IOException {
        Path file = file(HEADER + RIDE + RIDE.replace(good, bad));

        assertThatThrownBy(() -> SwipeCity.read(file)).isInstanceOf(IOException.class).hasMessageContaining("line 3")
                .hasMessageContaining(message);
    }

    @Test
    void read_noRows_isRefused() throws IOException {
        Path file = file(HEADER);

        assertThatThrownBy(() -> SwipeCity.read(file)).isInstanceOf(IOException.class).hasMessageContaining("no swipes");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("swipes.csv"), text);
    }
}
