package cn.onecard.engine.flow;

import static cn.onecard.sql.tables.ledger.Tables.CARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import cn.onecard.engine.card.CardState;
import cn.onecard.engine.card.HotlistTable;
import cn.onecard.engine.card.RegisterTable;
import cn.onecard.engine.card.Registration;
import cn.onecard.engine.office.ActKind;
import cn.onecard.engine.office.CardAct;
import cn.onecard.engine.office.CardAnswer;
import cn.onecard.engine.office.CardAsk;
import cn.onecard.engine.office.CardChange;
import cn.onecard.engine.office.OfficeTable;
import cn.onecard.engine.order.Asking;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.Payments;
import cn.onecard.engine.post.Calendar;
import cn.onecard.engine.receive.ReceivedCall;
import cn.onecard.engine.testing.City;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.wire.HotlistAskFrame;
import cn.onecard.wire.HotlistPageFrame;
import cn.onecard.wire.LockedFrame;
import cn.onecard.wire.MalformedFrame;
import cn.onecard.wire.TariffFrame;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Terminals that fetch have, in the end, the list that the register has, whatever happens while they fetch. */
class TerminalDownloadsTest {
    private static final CardAsk.Because CLERK = new CardAsk.Because("clerk 7", "owner at the counter");

    @TempDir
    private Path folder;
    private HikariDataSource pool;
    private DSLContext dsl;
    private PaymentCorridor corridor;
    private CardDesk desk;
    private TerminalDownloads downloads;
    private final Map<CardNo, Integer> terminal = new HashMap<>();
    private long version;       // of the terminal's list
    private int calls;          // written by act()

    @BeforeEach
    void begin() throws Exception {
        TestDatabase.wipe();
        pool = TestDatabase.database(Account.ENGINE).pool("downloads", 4);
        dsl = Database.dsl(pool);
        new Calendar(dsl).openOrBegin(Asking.DAY, Asking.NOW);
        new Registration(dsl).register(City.write(folder));
        corridor = PaymentCorridor.open(Payments.open(new Payments.Settings("here", 1, PaymentLimits.STANDARD), pool, dsl, new SimpleMeterRegistry()), new SimpleMeterRegistry());
        SteppedClock clock = new SteppedClock();
        desk = new CardDesk(new OfficeTable(dsl, 7), corridor, clock);
        downloads = new TerminalDownloads(new HotlistTable(dsl), new RegisterTable(dsl), desk, clock);
    }

    @AfterEach
    void end() throws Exception {
        corridor.close(Duration.ofSeconds(10));
        pool.close();
    }

    @Test
    void fetch_fromNothing_bringsWhatIsLostOrClosed() {
        fetch();
        assertThat(terminal).isEqualTo(Map.of(City.LOST_SINCE_NOON, CardState.LOST.code()));
    }

    @Test
    void fetch_afterChanges_bringsThemAlone() {
        fetch();
        act(City.ORDINARY, new CardChange.ReportLost());
        act(City.LOST_SINCE_NOON, new CardChange.Found());
        assertThat(fetch()).isEqualTo(2);
        assertThat(terminal).isEqualTo(Map.of(City.ORDINARY, CardState.LOST.code()));
        act(City.SENIOR_SM4, new CardChange.Renew(LocalDate.of(2031, 1, 1)));
        assertThat(fetch()).as("a change that lists nobody").isZero();
        assertThat(version).isEqualTo(new HotlistTable(dsl).version());
    }

    @Test
    void fetch_longList_comesPageByPageAndMissesNothingThatChangesMeanwhile() throws Exception {
        StringBuilder cards = new StringBuilder(Files.readString(folder.resolve("cards.csv")).lines().findFirst().orElseThrow()).append('\n');
        for (int i = 0; i < 2 * TerminalDownloads.PAGE + 10; i++) {
            cards.append("3104%016d".formatted(1_000_000 + i)).append(",1,ORDINARY,01042900FFFFFFFF,2900,TDES,t-union,LOST,2026-01-01T00:00:00,2026-01-01,2027-12-31,0,0\n");
        }
        Files.writeString(folder.resolve("cards.csv"), cards);
        new Registration(dsl).register(folder);
        HotlistPageFrame first = ask(0, 0, Optional.empty());
        take(first);
        CardNo behind = first.listed().get(5).card();
        CardNo ahead = CardNo.ofDigits("3104%016d".formatted(1_000_000 + 2 * TerminalDownloads.PAGE));
        act(behind, new CardChange.Found());
        act(ahead, new CardChange.Found());
        act(City.ORDINARY, new CardChange.ReportLost());
        Optional<HotlistAskFrame.Position> next = first.next();
        int pages = 1;
        while (next.isPresent()) {
            HotlistPageFrame page = ask(0, first.upTo(), next);
            take(page);
            next = page.next();
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        version = first.upTo();
        assertThat(terminal).containsKey(behind).doesNotContainKey(ahead);
        fetch();
        assertThat(terminal).isEqualTo(truth());
        assertThat(terminal).hasSize(2 * TerminalDownloads.PAGE + 10).containsKey(City.ORDINARY);
    }

    @Test
    void fetch_listFromTheFuture_isRefused() {
        assertThatThrownBy(() -> ask(1_000, 0, Optional.empty())).isInstanceOf(MalformedFrame.class);
    }

    @Test
    void register_cardThatWasListedComesBackActive_leavesTheList() throws Exception {
        fetch();
        String cards = Files.readString(folder.resolve("cards.csv")).replace("LOST,2026-11-24T12:00:00", "ACTIVE,2026-11-25T09:00:00");
        Files.writeString(folder.resolve("cards.csv"), cards);
        new Registration(dsl).register(folder);
        fetch();
        assertThat(terminal).isEmpty();
    }

    @Test
    void reportLocked_sentAgain_isOneActAndAnUnknownCardIsSaid() {
        LockedFrame met = new LockedFrame("k-1", City.BUS, City.LOST_SINCE_NOON, EventTime.of(City.NOON), true);
        assertThat(downloads.reportLocked(new ReceivedCall<>(City.GATEWAY, met))).isTrue();
        assertThat(downloads.reportLocked(new ReceivedCall<>(City.GATEWAY, met))).isTrue();
        assertThat(desk.office().list(City.LOST_SINCE_NOON)).extracting(CardAct::kind, CardAct::changed)
                .containsExactly(tuple(ActKind.LOCKED, "blocked at terminal 0A0000000001"));
        LockedFrame unknown = new LockedFrame("k-2", City.BUS, CardNo.ofDigits("31040000000000009999"), EventTime.of(City.NOON), false);
        assertThat(downloads.reportLocked(new ReceivedCall<>(City.GATEWAY, unknown))).isFalse();
        LockedFrame other = new LockedFrame("k-1", City.METRO, City.LOST_SINCE_NOON, EventTime.of(City.NOON), true);
        assertThatThrownBy(() -> downloads.reportLocked(new ReceivedCall<>(City.GATEWAY, other))).isInstanceOf(MalformedFrame.class);
    }

    @Test
    void fetchTariff_oneAfterTheOther_untilThereIsNone() {
        Optional<TariffFrame> first = downloads.fetchTariff(new ReceivedCall<>(City.GATEWAY, 0));
        assertThat(first).map(TariffFrame::version).contains(City.TARIFF);
        assertThat(first).map(TariffFrame::body).hasValueSatisfying(body -> assertThat(body).startsWith("version,3\n"));
        assertThat(downloads.fetchTariff(new ReceivedCall<>(City.GATEWAY, City.TARIFF))).isEmpty();
    }

    private Map<CardNo, Integer> truth() {
        return dsl.select(CARD.CARD_NO, CARD.STATE_CODE).from(CARD).where(CARD.STATE_CODE.in(2, 3)).fetchMap(CARD.CARD_NO, CARD.STATE_CODE);
    }

    private HotlistPageFrame ask(long have, long upTo, Optional<HotlistAskFrame.Position> after) {
        return downloads.fetchHotlist(new ReceivedCall<>(City.GATEWAY, new HotlistAskFrame(have, upTo, after)));
    }

    /** Fetches as a terminal does.
     *
     *  @return how many cards came */
    private int fetch() {
        HotlistPageFrame page = ask(version, 0, Optional.empty());
        assertThat(page.next()).isEmpty();
        take(page);
        version = page.upTo();
        return page.listed().size() + page.unlisted().size();
    }

    private void take(HotlistPageFrame page) {
        page.listed().forEach(one -> terminal.put(one.card(), one.reason()));
        List.copyOf(page.unlisted()).forEach(terminal::remove);
    }

    private void act(CardNo card, CardChange change) {
        assertThat(desk.act(new CardAsk(new CallKey("counter", "k" + calls++), card, change, CLERK, Asking.NOW))).isInstanceOf(CardAnswer.Done.class);
    }
}
