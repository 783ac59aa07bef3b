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
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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
        assertThat(cards).hasSize(6);
        assertThat(cards.get(1)).matches("31040000000000000017,[0-9A-F]{32},[0-9A-F]{32},1,[0-9A-F]{32}");
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
    void ceremony_componentsFromFilesByThree_makeAKeyThatIsGivenToCards() throws Exception {
        City.write(folder.resolve("city"));
        assertThat(Main.run("keys", "rotate", "--data", data())).as("no keys yet").isEqualTo(1);
        assertThat(Main.run("keys", "init", "--data", data())).isZero();
        assertThat(Main.run("keys", "init", "--data", data())).as("once").isEqualTo(1);
        assertThat(Main.run("personalise", "--data", data())).as("no version is given to cards").isEqualTo(1);
        Path component = folder.resolve("component");
        for (String holder : List.of("li", "wang", "zhao")) {
            Files.writeString(component, holder.equals("zhao") ? "89BA20D0 4F1580CB 23CD4F29 A1E67689\n" : "0123456789ABCDEFFEDCBA9876543210\n");
            String[] call = {"keys", "ceremony", "--usage", "PURCHASE", "--version", "1", "--holder", holder, "--component", component.toString(), "--data", data()};
            assertThat(Main.run(call)).isZero();
            assertThat(Main.run(call)).as("each brings one").isEqualTo(1);
        }
        assertThat(Main.run("keys", "rotate", "--data", data())).as("TAC and load keys are missing").isEqualTo(1);
        assertThat(Main.run("keys", "rotate", "--generate", "--data", data())).isZero();
        assertThat(Main.run("personalise", "--data", data())).isZero();
        assertThat(Files.readString(folder.resolve("secrets/perso/psams.csv"))).contains("TDES,1,t-union,89BA20D04F1580CB23CD4F29A1E67689");
        assertThat(Main.run("keys", "retire", "--version", "1", "--from", "2027-06-01", "--data", data())).as("cards are made with it").isEqualTo(1);
        assertThat(Main.run("keys", "rotate", "--to", "2", "--generate", "--data", data())).isZero();
        assertThat(Main.run("keys", "retire", "--version", "1", "--from", "2027-06-01", "--data", data())).isZero();
        assertThat(Main.run("personalise", "--key-version", "1", "--data", data())).as("retired").isEqualTo(1);
        assertThat(Main.run("keys", "list", "--data", data())).isZero();
    }

    @Test
    void ceremony_wronglyCalled_endsWithItsStatus() throws Exception {
        assertThat(Main.run("keys", "init", "--data", data())).isZero();
        String[] call = {"keys", "ceremony", "--usage", "TAC", "--version", "1", "--holder", "li", "--data", data()};
        assertThat(Main.run(call)).as("no source").isEqualTo(2);
        assertThat(Main.run(with(call, "--generate", "--enter"))).as("two sources").isEqualTo(2);
        assertThat(Main.run(with(call, "--generate", "--components", "1"))).isEqualTo(2);
        assertThat(Main.run(with(call, "--component", folder.resolve("none").toString()))).isEqualTo(1);
        Path component = Files.writeString(folder.resolve("component"), "0123");
        assertThat(Main.run(with(call, "--component", component.toString()))).as("too short").isEqualTo(1);
        Files.writeString(component, "89BA20D04F1580CB23CD4F29A1E67689");
        assertThat(Main.run(with(call, "--component", component.toString(), "--check-value", "000000"))).as("another check value").isEqualTo(1);
        assertThat(Main.run(with(call, "--component", component.toString()))).isZero();
        assertThat(Main.run("keys", "ceremony", "--usage", "TAC", "--version", "1", "--abandon", "--data", data())).isZero();
    }

    @Test
    void serve_productionOnKeysThatAreNotFit_doesNotStart() throws Exception {
        assertThat(Main.run("keys", "--demo", "--data", data())).isZero();
        assertThat(serve("--production")).isEqualTo("onecard core: " + folder.resolve("secrets/keys.sealed") + " holds demo keys, which anybody can make again");
        assertThat(Main.run("serve", "--production", "--plaintext", "--data", data())).isEqualTo(2);
        Files.writeString(folder.resolve("secrets/keys.json"), "{\"keeper\": \"token\", \"library\": \"/none.so\", \"label\": \"onecard\", \"pin\": \"token.pin\"}");
        Files.writeString(folder.resolve("secrets/token.pin"), "1234");
        assertThat(serve("--production")).contains("sealed by a pass phrase and not by a token");
        Files.delete(folder.resolve("secrets/keys.sealed"));
        assertThat(serve("--production")).contains("there are no master keys");
        assertThat(Main.run("keys", "init", "--data", data())).as("there is no such library").isEqualTo(1);
    }

    /** What serve says, in one line, when it does not start. */
    private String serve(String... options) {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(with(new String[] {"serve", "--data", data()}, options))).isEqualTo(1);
        } finally {
            System.setErr(before);
        }
        assertThat(said.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("onecard"))).hasSize(1);
        return said.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("onecard")).findFirst().orElseThrow();
    }

    private static String[] with(String[] call, String... more) {
        return Stream.of(call, more).flatMap(Arrays::stream).toArray(String[]::new);
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
            assertThat(new Registration(dsl).register(city).cards()).isEqualTo(5);
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
