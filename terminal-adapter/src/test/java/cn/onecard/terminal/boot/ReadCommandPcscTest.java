package cn.onecard.terminal.boot;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.terminal.reader.Reader;
import cn.onecard.terminal.reader.ReaderSettings;
import cn.onecard.terminal.reader.Readers;
import cn.onecard.terminal.sim.Chips;
import cn.onecard.terminal.sim.DataChip;
import cn.onecard.terminal.sim.Pcscd;
import cn.onecard.terminal.sim.VirtualCard;
import cn.onecard.terminal.sim.VirtualDevice;
import cn.onecard.terminal.sim.VpcdClient;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.Money;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What {@code terminal read} prints of cards behind a real PC/SC service, word for word. */
class ReadCommandPcscTest {
    private static Pcscd pcscd;
    private static Readers readers;
    private static Reader reader;

    @BeforeAll
    static void start() throws Exception {
        pcscd = Pcscd.started(1);
        readers = Readers.pcsc(ReaderSettings.standard());
        reader = readers.reader(Pcscd.CITIZEN);
    }

    @AfterAll
    static void end() throws Exception {
        if (pcscd != null) {
            readers.close();
            pcscd.close();
        }
    }

    @Test
    void read_tUnionCard_printsAllAndMasksTheNumber() throws Exception {
        assertThat(read(Chips.card(Chips.CARD, Algorithm.SM4, Money.ofFen(1000)), 0)).isEqualTo("""
                family         T-Union (交通联合)
                cardNo         031000**********6677
                issuer         1122334455667788
                enabled        true
                validFrom      2025-01-01
                validTo        2035-12-31
                city           2900
                cardClass      1
                cardKind       STUDENT
                balanceFen     1000
                cardCounter    7
                keyVersion     1
                algorithm      SM4
                could not be read:
                  on-line counter: the card has no key of that index
                """);
    }

    @Test
    void read_tUnionCardAsJsonInClear_saysTheSame() throws Exception {
        VirtualCard card = Chips.card(Chips.CARD, Algorithm.TDES, Money.ofFen(1000));
        card.setLoadKey(new byte[16]);
        JsonNode json = new ObjectMapper().readTree(read(card, 0, "--json", "--clear"));
        assertThat(json.get("cardNo").textValue()).isEqualTo(Chips.CARD.digits());
        assertThat(json.get("onlineCounter").intValue()).isZero();
        assertThat(json.has("unread")).isFalse();
    }

    @Test
    void read_mohurdCard_printsWhatItHas() throws Exception {
        DataChip chip = new DataChip().application("A00000000386980701", "6F00")
                .answer("00B095001E", "100029000001000001010001123456789012345620250101204012310300")
                .answer("805C000204", "00003039").answer("805001020B0100000000000000000000" + "0F", "00003039" + "0011" + "000000" + "0100" + "A1B2C3D4")
                .answer("00B201C417", "0011" + "000000" + "000000C8" + "06" + "010203040506" + "20250102030405")
                .answer("00B202C417", "0003" + "000000" + "00001388" + "02" + "0A0B0C0D0E0F" + "20250101120000");
        assertThat(read(chip, 0)).isEqualTo("""
                family         CityUnion (住建部互联互通)
                cardNo         000012**********3456
                issuer         1000290000010000
                enabled        true
                validFrom      2025-01-01
                validTo        2040-12-31
                city           2900
                cardClass      3
                balanceFen     12345
                cardCounter    17
                keyVersion     1
                algorithm      TDES
                log:
                  counter 16  type purchase  amountFen 200  terminal 010203040506  at 2025-01-02T03:04:05
                  counter 2  type load  amountFen 5000  terminal 0A0B0C0D0E0F  at 2025-01-01T12:00
                could not be read:
                  city and card kind: this card has no such file
                  on-line counter: the card does not do this
                """);
    }

    @Test
    void read_legacyCityCard_printsWhatItHas() throws Exception {
        DataChip chip = new DataChip().named("PAY.SZT", "6F1F9F0C1C" + "00".repeat(16) + "15CD5B07" + "2010010120300101").answer("805C000204", "000003E8");
        assertThat(read(chip, 0)).startsWith("""
                family         Shenzhen Tong (深圳通)
                cardNo         000000**********6789
                enabled        true
                validFrom      2010-01-01
                validTo        2030-01-01
                balanceFen     1000
                """);
    }

    @Test
    void read_unknownOrBlockedCard_isOneLineAndNoSuccess() throws Exception {
        assertThat(read(new DataChip(), 1)).isEqualTo("terminal read: this card is of none of the 14 families that are known\n");
        VirtualCard blocked = Chips.card(Chips.CARD, Algorithm.TDES, Money.ZERO);
        blocked.setBlocked(true);
        assertThat(read(blocked, 1)).isEqualTo("terminal read: the application on this card is blocked\n");
    }

    @Test
    void read_noCardOrNoReader_isOneLineAndNoSuccess() {
        assertThat(run(1, "read", "--reader", Pcscd.CITIZEN)).isEqualTo("terminal read: no card in reader " + Pcscd.CITIZEN + "\n");
        assertThat(run(1, "read", "--reader", "none")).isEqualTo("terminal read: there is no reader none\n");
        assertThat(run(0, "readers")).contains(Pcscd.CITIZEN, Pcscd.PSAM, "empty");
    }

    private static String read(VirtualDevice chip, int exitCode, String... options) throws Exception {
        try (VpcdClient _ = pcscd.insert(chip, pcscd.citizenPort(), reader)) {
            String[] arguments = new String[3 + options.length];
            arguments[0] = "read";
            arguments[1] = "--reader";
            arguments[2] = Pcscd.CITIZEN;
            System.arraycopy(options, 0, arguments, 3, options.length);
            return run(exitCode, arguments);
        } finally {
            assertThat(reader.awaitAbsent(Duration.ofSeconds(5))).isTrue();
        }
    }

    /** What a command prints, on either stream. */
    private static String run(int exitCode, String... arguments) {
        StringWriter text = new StringWriter();
        CommandLine line = Main.line();
        line.setOut(new PrintWriter(text));
        line.setErr(new PrintWriter(text));
        assertThat(line.execute(arguments)).as(text::toString).isEqualTo(exitCode);
        return text.toString();
    }
}
