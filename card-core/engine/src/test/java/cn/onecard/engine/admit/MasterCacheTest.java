package cn.onecard.engine.admit;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.card.CardState;
import cn.onecard.engine.card.Registration;
import cn.onecard.engine.card.RegisterTable;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.engine.testing.City;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.wire.TapCodec;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real register. A core that follows it must say what the register says, and ask it only for what it does not know. */
class MasterCacheTest {
    @TempDir
    private Path folder;
    private final HikariDataSource pool = TestDatabase.database(Account.ENGINE).pool("cache", 2);
    private final DSLContext dsl = Database.dsl(pool);
    private final MasterCache cache = new MasterCache(new RegisterTable(dsl));

    @BeforeEach
    void register() throws IOException {
        TestDatabase.wipe();
        new Registration(dsl).register(City.write(folder));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void catchUp_first_bringsEveryCardAsItIs() {
        follow();

        assertThat(cache.countCards()).isEqualTo(5);
        hideTheRegister();
        CardMaster lost = find(City.LOST_SINCE_NOON).orElseThrow();
        assertThat(lost).isEqualTo(new CardMaster(City.LOST_SINCE_NOON, 1, lost.kind(), lost.profile(), CardState.LOST, City.NOON,
                City.DAY.day().withMonth(1).withDayOfMonth(1), City.DAY.day().withYear(2027).withMonth(12).withDayOfMonth(31)));
        assertThat(lost.profile().issuerId()).isEqualTo(City.ISSUER);
        assertThat(find(City.SENIOR_SM4).orElseThrow().profile().algorithm()).isEqualTo(Algorithm.SM4);
    }

    @Test
    void catchUp_cardReportedLost_isSeenWithoutAskingForIt() throws IOException {
        follow();
        reportLost(City.ORDINARY);

        assertThat(find(City.ORDINARY).orElseThrow().state()).isEqualTo(CardState.ACTIVE);
        follow();
        assertThat(find(City.ORDINARY).orElseThrow().state()).isEqualTo(CardState.LOST);
        assertThat(find(City.SENIOR_SM4).orElseThrow().state()).isEqualTo(CardState.ACTIVE);
    }

    @Test
    void catchUp_changesWhileTheCardsAreFirstRead_areNotLost() throws IOException {
        cache.catchUp();        // all cards of a small city, and the place from which changes follow
        reportLost(City.ORDINARY);
        reportLost(City.SENIOR_SM4);
        follow();

        assertThat(find(City.ORDINARY).orElseThrow().state()).isEqualTo(CardState.LOST);
        assertThat(find(City.SENIOR_SM4).orElseThrow().state()).isEqualTo(CardState.LOST);
    }

    @Test
    void catchUp_nothingChanged_asksForNoMore() {
        follow();

        assertThat(cache.catchUp()).isFalse();
    }

    @Test
    void masters_cardNotBroughtYet_areReadAndKept() {
        assertThat(find(City.ORDINARY).orElseThrow().state()).isEqualTo(CardState.ACTIVE);
        assertThat(cache.countCards()).isOne();

        hideTheRegister();
        assertThat(find(City.ORDINARY)).isPresent();
        assertThat(find(City.SENIOR_SM4)).isEmpty();
    }

    @Test
    void masters_cardOfAnotherHeadWithTheSameEnd_isNotTakenForIt() {
        follow();
        CardNo other = new CardNo(0x9104, City.ORDINARY.asn8());

        assertThat(find(other)).isEmpty();
        assertThat(find(City.ORDINARY)).isPresent();
    }

    @Test
    void keep_readBeforeAChangeWasHeardOf_isNotKept() {
        KeptCards kept = new KeptCards(1 << 14, 10);
        CardMaster active = find(City.ORDINARY).orElseThrow();
        CardMaster lost = find(City.LOST_SINCE_NOON).orElseThrow();
        CardMaster nowLost = new CardMaster(active.cardNo(), active.cardClass(), active.kind(), active.profile(), CardState.LOST,
                lost.stateSince(), active.validFrom(), active.validTo());
        long seen = kept.changesSeen();
        kept.change(List.of(nowLost));

        kept.keep(List.of(active), seen);

        assertThat(kept.find(active.cardNo())).contains(nowLost);
    }

    @Test
    void keep_moreTermsThanThereIsRoomFor_forgetsTheCardInsteadOfKeepingWhatItWas() {
        KeptCards kept = new KeptCards(1 << 14, 1);
        CardMaster active = find(City.ORDINARY).orElseThrow();
        kept.change(List.of(active));
        assertThat(kept.find(active.cardNo())).isPresent();

        kept.change(List.of(new CardMaster(active.cardNo(), active.cardClass(), active.kind(), active.profile(), CardState.CLOSED, City.NOON,
                active.validFrom(), active.validTo())));

        assertThat(kept.find(active.cardNo())).isEmpty();
    }

    private void follow() {
        while (cache.catchUp()) {
            assertThat(cache.countCards()).isLessThanOrEqualTo(5);
        }
    }

    private void reportLost(CardNo card) throws IOException {
        Path file = folder.resolve("cards.csv");
        List<String> lines = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("card_no") || line.startsWith(card.digits()))
                .map(line -> line.replaceFirst("ACTIVE,[^,]*", "LOST," + City.NOON)).toList();
        Files.write(file, lines);
        new Registration(dsl).register(folder);
        City.write(folder);
    }

    /** From now on only what is in memory is known. */
    private static void hideTheRegister() {
        try (Connection connection = TestDatabase.database(Account.OWNER).connect(); Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM ledger.card");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<CardMaster> find(CardNo card) {
        City.Draft ride = City.busRide(1);
        ride.card = card;
        ReceivedTap tap = ReceivedTap.of(City.GATEWAY, Instant.EPOCH, TapCodec.toProto(ride.frame()));
        return cache.masters(List.of(tap)).getFirst().card();
    }
}
