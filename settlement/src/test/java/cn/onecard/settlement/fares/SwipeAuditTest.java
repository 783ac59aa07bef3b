package cn.onecard.settlement.fares;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.fare.Tariff;
import cn.onecard.settlement.city.Swipe;
import cn.onecard.settlement.fares.SwipeAudit.Explained;
import cn.onecard.settlement.fares.SwipeAudit.Finding;
import cn.onecard.settlement.fares.SwipeAudit.Reason;
import cn.onecard.settlement.fares.SwipeAudit.Result;
import cn.onecard.vocabulary.CardKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded charges against the fare table of Shenzhen: each reason by an example, and the whole file of 37,000. */
class SwipeAuditTest {
    private static final Path RULES = Path.of(System.getProperty("onecard.home", "..")).resolve("docs/fares/shenzhen-2018.fares");

    @TempDir
    private Path folder = Path.of(".");
    private Tariff tariff = Tariff.parse("version,1");

    @BeforeEach
    void readRules() throws IOException {
        tariff = Tariff.parse(RULES.toString(), Files.readString(RULES));
    }

    private Result audit(String... rows) throws IOException {
        String text = "card_no,deal_date,deal_type,deal_money,deal_value,equ_no,company_name,station,car_no,conn_mark,close_date\n" + String.join("\n", rows);
        return SwipeAudit.audit(Swipe.read(Files.writeString(folder.resolve("swipes.csv"), text)), tariff);
    }

    private static String bus(String card, String time, String line, long charged, long full, int mark) {
        return "%s,2018-09-01 %s,巴士,%d,%d,231017343,巴士集团,%s,01620D,%d,2018-09-01 00:00:00".formatted(card, time, charged, full, line, mark);
    }

    private static String metro(String card, String time, String type, long charged, long full, int mark) {
        return "%s,2018-09-01 %s,%s,%d,%d,263030102,地铁五号线,下水径,OGT-102,%d,2018-09-01 00:00:00".formatted(card, time, type, charged, full, mark);
    }

    @ParameterizedTest
    @CsvSource({"160,200,0,ORDINARY,false", "315,400,0,ORDINARY,false", "725,1000,0,ORDINARY,false", "120,200,1,ORDINARY,true", "100,200,0,STUDENT,false", "0,200,0,SENIOR,false"})
    void audit_chargeOfARule_isExplainedByIt(long charged, long full, int mark, CardKind kind, boolean transfer) throws IOException {
        Result result = audit(bus("A", "08:00:00", "1路", charged, full, mark));
        assertThat(result.findings()).isEmpty();
        assertThat(result.explained()).isEqualTo(Map.of(new Explained(kind, transfer), 1));
    }

    @ParameterizedTest
    @CsvSource({"200,200,0,NO_DISCOUNT", "201,200,0,TOO_HIGH", "150,200,0,NO_RULE_FITS", "120,200,0,TRANSFER_NOT_MARKED", "160,200,1,TRANSFER_NOT_GIVEN",
            "8000,9901,0,TOO_HIGH"})
    void audit_chargeOfNoRule_isListedWithWhy(long charged, long full, int mark, Reason reason) throws IOException {
        Result result = audit(bus("A", "08:00:00", "1路", charged, full, mark));
        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo(reason);
            assertThat(finding.why()).contains("charged " + charged + " fen: ");
            assertThat(finding.swipe().row()).isEqualTo(2);
        });
        assertThat(result.explained()).isEmpty();
    }

    @Test
    void audit_rideBeforeIsInTheFile_judgesTheMarkByTheRules() throws IOException {
        Result result = audit(
                bus("A", "08:00:00", "1路", 160, 200, 0), bus("A", "09:30:00", "2路", 120, 200, 1),
                bus("B", "08:00:00", "1路", 160, 200, 0), bus("B", "09:30:01", "2路", 120, 200, 1),
                bus("C", "08:00:00", "1路", 160, 200, 0), bus("C", "08:30:00", "1路", 120, 200, 1),
                bus("D", "08:00:00", "1路", 160, 200, 0), bus("D", "08:30:00", "2路", 160, 200, 0),
                bus("E", "08:00:00", "1路", 160, 200, 0), bus("E", "08:30:00", "2路", 120, 200, 0),
                bus("F", "08:00:00", "1路", 160, 200, 0), metro("F", "08:20:00", "地铁入站", 0, 0, 0), metro("F", "08:50:00", "地铁出站", 245, 300, 1));
        assertThat(result.findings()).extracting(finding -> finding.swipe().row() + " " + finding.reason())
                .containsExactly("5 TRANSFER_UNDUE", "7 TRANSFER_UNDUE", "9 TRANSFER_NOT_GIVEN");
        assertThat(result.findings()).extracting(Finding::why).allMatch(why -> why.contains("the ride before is in line "));
        assertThat(result.explained()).isEqualTo(Map.of(new Explained(CardKind.ORDINARY, false), 6, new Explained(CardKind.ORDINARY, true), 3));
        assertThat(result.free()).isOne();
    }

    @Test
    void audit_cardThatChangesItsKind_isListed() throws IOException {
        Result result = audit(bus("A", "08:00:00", "1路", 0, 200, 0), bus("A", "11:00:00", "1路", 160, 200, 0));
        assertThat(result.findings()).extracting(Finding::reason).containsExactly(Reason.KIND_CHANGES);
        assertThat(result.findings().getFirst().why()).isEqualTo("charged 160 fen: a charge of ORDINARY, after one of SENIOR");
    }

    @Test
    void audit_sameSwipeTwiceOrNoFare_isListed() throws IOException {
        String swipe = bus("A", "08:00:00", "1路", 160, 200, 0);
        assertThat(audit(swipe, swipe).findings()).extracting(Finding::reason).containsExactly(Reason.SWIPE_TWICE);
        tariff = Tariff.parse("version,1\nflat,METRO,*,200");
        assertThat(audit(swipe).findings()).extracting(Finding::reason).containsExactly(Reason.NO_FARE);
    }

    @Test
    void audit_swipesOfShenzhen_eachIsExplainedOrListed() throws IOException {
        List<Swipe> swipes = Swipe.read(RealFares.data("szt-shenzhen/card-data_14_14.csv"));
        Result result = SwipeAudit.audit(swipes, tariff);
        int explained = result.explained().values().stream().mapToInt(Integer::intValue).sum();
        assertThat(result.free() + explained + result.findings().size()).isEqualTo(swipes.size()).isEqualTo(37_000);
        assertThat(result.free()).isEqualTo(9_620);
        assertThat(result.explained()).containsOnlyKeys(new Explained(CardKind.ORDINARY, false), new Explained(CardKind.ORDINARY, true),
                new Explained(CardKind.STUDENT, false), new Explained(CardKind.SENIOR, false));
        assertThat(result.byReason()).isEqualTo(Map.of(Reason.SWIPE_TWICE, 1, Reason.TRANSFER_NOT_MARKED, 235, Reason.TRANSFER_UNDUE, 14,
                Reason.KIND_CHANGES, 2, Reason.NO_DISCOUNT, 34));
        assertThat(result.findings()).allMatch(finding -> !finding.why().isEmpty());
    }
}
