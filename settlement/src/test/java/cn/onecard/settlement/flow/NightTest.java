package cn.onecard.settlement.flow;

import static cn.onecard.sql.tables.clearing.Tables.DAY_CARD;
import static cn.onecard.sql.tables.clearing.Tables.FEE_RULE;
import static cn.onecard.sql.tables.clearing.Tables.SEALED_TAP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.settlement.clear.FeeBook;
import cn.onecard.settlement.day.DayRuns;
import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.day.Stage;
import cn.onecard.settlement.net.Position;
import cn.onecard.settlement.testing.TestLedger;
import cn.onecard.sql.Account;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.ServiceCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole nights: what holds after them, what happens when they are interrupted or repeated, and what stops them. */
class NightTest {
    private static final BusinessDate DAY = BusinessDate.parse("2026-11-24");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T15:30:00.250Z"), ZoneOffset.UTC);
    private static final int CARDS = 25;
    private static final int RANGE_ROWS = 60;

    @TempDir
    Path data;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void run_randomDay_keepsEveryInvariant(long seed) {
        TestLedger ledger = TestLedger.open(DAY, CARDS);
        ledger.randomDay(DAY, CARDS, 400, seed);
        NightReport report = night(Progress.SILENT).run(DAY);
        for (Invariant invariant : Invariant.ALL) {
            invariant.check(ledger.owner(), DAY);
        }
        assertThat(report.published().netted().cleared().sealed().tapCount()).isEqualTo(400);
        assertThat(night(Progress.SILENT).verify(DAY).lines()).isEmpty();
        assertThat(ledger.owner().selectFrom(DAY_CARD).orderBy(DAY_CARD.DAY_CARD_NO).fetch(DAY_CARD.DAY_CARD_NO))
                .isEqualTo(IntStream.rangeClosed(1, ledger.owner().fetchCount(DAY_CARD)).boxed().toList());
    }

    @Test
    void run_twoDaysRunning_keepsEveryInvariantOnBoth() {
        TestLedger ledger = TestLedger.open(DAY, CARDS);
        ledger.randomDay(DAY, CARDS, 150, 1);
        night(Progress.SILENT).run(DAY);
        ledger.randomDay(DAY.next(), CARDS, 150, 2);
        night(Progress.SILENT).run(DAY.next());
        for (BusinessDate date : List.of(DAY, DAY.next())) {
            new Invariant.MoneyIsConserved().check(ledger.owner(), date);
            new Invariant.SharesAddUp().check(ledger.owner(), date);
            assertThat(night(Progress.SILENT).verify(date).lines()).isEmpty();
        }
    }

    @Test
    void run_smallDay_paysWhatTheRulesSay() throws IOException {
        TestLedger ledger = TestLedger.open(DAY, 2);
        ledger.post(List.of(
                ledger.tap(DAY, TestLedger.card(0), ServiceCode.BUS, 0, 10_001),
                ledger.tap(DAY, TestLedger.card(1), ServiceCode.BUS, 1, 9_999),
                ledger.tap(DAY, TestLedger.card(1), ServiceCode.METRO, 0, 500)));
        NightReport report = night(Progress.SILENT).run(DAY);
        // Bus 20,000 fen: 14 to the card company, 26 to the fund. Metro 500 fen: 0.35 fen to the card company, which is none.
        assertThat(report.published().netted().positions()).containsExactly(
                new Position(Position.SUSPENSE, Money.ZERO), new Position(Position.PURSES, Money.ofFen(-20_500)),
                new Position(TestLedger.BUS_COMPANY, Money.ofFen(19_960)), new Position(TestLedger.METRO_COMPANY, Money.ofFen(500)),
                new Position(TestLedger.CARD_COMPANY, Money.ofFen(14)), new Position(TestLedger.CITY_FUND, Money.ofFen(26)));
        assertThat(Files.readString(report.published().folder().resolve("statement-11.csv"))).isEqualTo("""
                business_date,party_id,entry,service,line_no,other_party_id,item_count,amount_fen,amount_yuan
                2026-11-24,11,TAKEN,BUS,1,,1,10001,100.01
                2026-11-24,11,TAKEN,BUS,2,,1,9999,99.99
                2026-11-24,11,GIVEN,BUS,,21,,-14,-0.14
                2026-11-24,11,GIVEN,BUS,,31,,-26,-0.26
                2026-11-24,11,NET,,,,,19960,199.60
                """);
    }

    @Test
    void run_emptyDay_isPublishedWithoutPayments() {
        TestLedger.open(DAY, 1);
        NightReport report = night(Progress.SILENT).run(DAY);
        assertThat(report.published().files()).extracting(file -> file.name())
                .containsExactly("findings.csv", "manifest.json", "manifest.sig", "payments.csv", "refused-and-suspect.csv", "trial-balance.csv");
        assertThat(night(Progress.SILENT).verify(DAY).lines()).isEmpty();
    }

    @Test
    void run_again_givesTheSameBytes() throws IOException {
        TestLedger ledger = TestLedger.open(DAY, CARDS);
        ledger.randomDay(DAY, CARDS, 200, 7);
        night(Progress.SILENT).run(DAY);
        Map<String, String> first = files();
        night(Progress.SILENT).run(DAY);
        assertThat(files()).isEqualTo(first).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void run_publishedFileWasLost_putsItBack() throws IOException {
        TestLedger ledger = TestLedger.open(DAY, CARDS);
        ledger.randomDay(DAY, CARDS, 50, 8);
        night(Progress.SILENT).run(DAY);
        Map<String, String> first = files();
        Files.delete(folder().resolve("findings.csv"));
        Files.writeString(folder().resolve("pain001.xml"), "<Document/>");
        night(Progress.SILENT).run(DAY);
        assertThat(files()).isEqualTo(first);
    }

    @Test
    void run_diesAnywhere_completesTheSameDayWhenRunAgain() throws IOException {
        TestLedger ledger = TestLedger.open(DAY, CARDS);
        ledger.randomDay(DAY, CARDS, 200, 9);
        Crash never = new Crash(0);
        night(never).run(DAY);
        Map<String, String> whole = files();
        assertThat(never.passed()).isGreaterThan(15);
        List<String> places = new ArrayList<>();
        for (int at = 1; at <= never.passed(); at++) {
            ledger.reopen(DAY);
            deleteFiles();
            Crash crash = new Crash(at);
            assertThatThrownBy(() -> night(crash).run(DAY)).isInstanceOfSatisfying(Crash.Died.class, died -> places.add(died.getMessage()));
            night(Progress.SILENT).run(DAY);
            assertThat(files()).as("after dying at %s", places.getLast()).isEqualTo(whole);
            assertThat(ledger.owner().fetchCount(SEALED_TAP)).isEqualTo(200);
        }
        assertThat(places).anyMatch(place -> place.startsWith("SEALED copy 2"));
        assertThat(night(Progress.SILENT).verify(DAY).lines()).isEmpty();
    }

    @Test
    void run_takingsWithoutRule_stopsBeforeAnyFile() {
        TestLedger ledger = TestLedger.open(DAY, CARDS);
        ledger.randomDay(DAY, CARDS, 50, 10);
        ledger.owner().deleteFrom(FEE_RULE).where(FEE_RULE.SERVICE_CODE.eq(ServiceCode.METRO.code())).execute();
        assertThatThrownBy(() -> night(Progress.SILENT).run(DAY)).isInstanceOf(SettlementFailure.class)
                .hasMessage("the day cannot be cleared: no rule covers party 12 in METRO (fee version 1)");
        assertThat(data.resolve("settlement")).doesNotExist();
        assertThat(new DayRuns(ledger.owner()).run(DAY).stage()).isEqualTo(Stage.SEALED);
    }

    @Test
    void run_newFeeVersionHolds_appliesTheLatestValidOne() {
        TestLedger ledger = TestLedger.open(DAY, CARDS);
        FeeBook fees = new FeeBook(TestLedger.dsl(Account.SETTLEMENT));
        assertThat(fees.store(List.of(TestLedger.fees(1, LocalDate.of(2020, 1, 1), 70), TestLedger.fees(2, DAY.day(), 900),
                TestLedger.fees(3, DAY.next().day(), 1)))).isEqualTo(2);
        ledger.randomDay(DAY, CARDS, 50, 11);
        assertThat(night(Progress.SILENT).run(DAY).published().netted().cleared().feeVersion()).isEqualTo(2);
        assertThatThrownBy(() -> fees.store(List.of(TestLedger.fees(2, DAY.day(), 901)))).isInstanceOf(SettlementFailure.class)
                .hasMessageContaining("fee version 2 has cleared a day");
        assertThat(fees.store(List.of(TestLedger.fees(2, DAY.day(), 900)))).isZero();
    }

    @Test
    void run_files_showNoCardNumberInClear() throws IOException {
        TestLedger ledger = TestLedger.open(DAY, CARDS);
        ledger.randomDay(DAY, CARDS, 200, 12);
        night(Progress.SILENT).run(DAY);
        String all = String.join("", files().values());
        for (int i = 0; i < CARDS; i++) {
            assertThat(all).doesNotContain(TestLedger.card(i).digits());
        }
        assertThat(all).contains("310477**********").contains("SUSPECT,CARD_REPORTED_LOST").contains("FORGED,TAC_WRONG").contains("CONFLICT,KEY_CONFLICT");
    }

    private Night night(Progress progress) {
        return new Night(TestLedger.dsl(Account.SETTLEMENT), data, CLOCK, progress, RANGE_ROWS);
    }

    private Path folder() {
        return data.resolve("settlement").resolve(DAY.toString());
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder())) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    private void deleteFiles() throws IOException {
        for (Path file : files().keySet().stream().map(folder()::resolve).toList()) {
            Files.delete(file);
        }
        Files.delete(folder());
    }
}
