package cn.onecard.engine.boot;

import static cn.onecard.sql.tables.ledger.Tables.CARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import cn.onecard.engine.card.Registration;
import cn.onecard.engine.card.RegistrationFailed;
import cn.onecard.engine.testing.City;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.wire.TapCodec;
import cn.onecard.wire.proto.Tap;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The commands around the core, and what the core says in its logs. */
class MainTest {
    @TempDir
    private Path folder;

    private String data() {
        return folder.toString();
    }

    @Test
    void keysAndPersonalise_demoCity_makeTheBureausFiles() throws Exception {
        City.write(folder.resolve("city"));
        assertThat(Main.run("keys", "--demo", "--seed", "7", "--data", data())).isZero();
        assertThat(Main.run("keys", "--demo", "--seed", "7", "--data", data())).isZero();
        assertThat(Main.run("personalise", "--data", data())).isZero();
        Path perso = folder.resolve("secrets/perso");
        List<String> cards = Files.readAllLines(perso.resolve("cards.csv"));
        assertThat(cards).hasSize(5);
        assertThat(cards.get(1)).matches("31040000000000000017,[0-9A-F]{32},[0-9A-F]{32},1");
        assertThat(Files.readAllLines(perso.resolve("psams.csv"))).hasSize(1 + 22 * 2 * 2 * 2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(perso.resolve("cards.csv")))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets/keys.pass")))).isEqualTo("rw-------");
    }

    @Test
    void keys_otherSeedThanBefore_areNotOverwritten() {
        assertThat(Main.run("keys", "--demo", "--seed", "7", "--data", data())).isZero();
        assertThat(Main.run("keys", "--demo", "--seed", "8", "--data", data())).isEqualTo(1);
    }

    @Test
    void commands_wronglyCalledOrImpossible_endWithTheirStatus() {
        assertThat(Main.run("keys", "--data", data())).isEqualTo(1);
        assertThat(Main.run("personalise", "--data", data())).isEqualTo(1);
        assertThat(Main.run("keys", "--sed", "1")).isEqualTo(2);
        assertThat(Main.run("serve", "--business-date", "yesterday", "--data", data())).isEqualTo(2);
    }

    @Test
    void certs_calledTwice_keepTheFirst() throws Exception {
        assertThat(Main.run("certs", "--gateway", "depot-1", "depot-2", "--data", data())).isZero();
        Path tls = folder.resolve("secrets/tls");
        String first = Files.readString(tls.resolve("gateway-depot-1.pem"));
        assertThat(Main.run("certs", "--gateway", "depot-1", "--data", data())).isZero();
        assertThat(Files.readString(tls.resolve("gateway-depot-1.pem"))).isEqualTo(first);
        assertThat(Files.readString(tls.resolve("core.key"))).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tls.resolve("ca.key")))).isEqualTo("rw-------");
    }

    @Test
    void register_badRow_takesNothingOfThatFileAndNamesTheLine() throws Exception {
        TestDatabase.wipe();
        try (HikariDataSource pool = TestDatabase.database(Account.ENGINE).pool("register", 1)) {
            DSLContext dsl = Database.dsl(pool);
            Path city = City.write(folder.resolve("city"));
            Path cards = city.resolve("cards.csv");
            String good = Files.readString(cards);
            Files.writeString(cards, good.replace(",TEST,", ",GHOST,"));
            assertThatThrownBy(() -> new Registration(dsl).register(city)).isInstanceOf(RegistrationFailed.class)
                    .hasMessageContaining("cards.csv, line 5: card_kind:");
            assertThat(dsl.fetchCount(CARD)).isZero();

            Files.writeString(cards, good);
            assertThat(new Registration(dsl).register(city)).isEqualTo(new Registration.Counts(3, 2, 1, 22, 5));
            Files.writeString(cards, good.replace("ORDINARY,01042900FFFFFFFF,2900,TDES,t-union,ACTIVE", "ORDINARY,01042900FFFFFFFF,2900,TDES,t-union,CLOSED"));
            assertThat(new Registration(dsl).register(city).cards()).isEqualTo(4);
            assertThat(dsl.fetchCount(CARD, CARD.STATE_CODE.eq(3))).isEqualTo(1);
        }
    }

    @Test
    void logs_whateverComesIn_neverShowACardNumber() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        RunningCore core = RunningCore.startFresh();
        try (Gateway gateway = new Gateway(City.GATEWAY, core.grpcPort())) {
            Tap tap = TapCodec.toProto(City.busRide(1).frame());
            assertThat(gateway.submitTaps(List.of(tap, tap.toBuilder().setAmountFen(1).build(), tap.toBuilder().setCardCounter(9).build(),
                    tap.toBuilder().setCardCounter(-9).build(), tap.toBuilder().setPartyId(0).build()))).hasSize(5);
        } finally {
            core.close();
            root.detachAppender(log);
        }
        assertThat(log.list).isNotEmpty().allSatisfy(event -> assertThat(event.getFormattedMessage()
                + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .doesNotContain(City.ORDINARY.digits()).doesNotContainPattern("[0-9]{20}"));
    }
}
