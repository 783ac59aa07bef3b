package cn.onecard.engine.rail.iso8583;

import static cn.onecard.engine.testing.RailsVectors.bytesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.rail.tlv.Tlv;
import cn.onecard.vocabulary.Money;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields that consist of parts: what is read is written the same, what does not lie so is refused. */
class FieldsTest {
    @ParameterizedTest
    @ValueSource(strings = {"00000000004", "220000010005", "2200000100050", "22000001000501", "22000001000501048"})
    void field60_anyNumberOfParts_isWrittenTheSame(String digits) {
        assertThat(Field60.of(with(60, digits)).text()).isEqualTo(digits);
    }

    @Test
    void field60_allParts_areFound() {
        Field60 field = Field60.of(with(60, "22000001000521048"));

        assertThat(field.findReadingCapability()).hasValue("5");
        assertThat(field.findIcCondition()).hasValue("2");
        assertThat(field.takesPartialApproval()).isTrue();
        assertThat(field.findAccountType()).hasValue("048");
        assertThat(Field60.management(7, "201").text()).isEqualTo("00000007201");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000", "220000010005011", "2200000100050112"})
    void field60_partsMissing_isRefused(String digits) {
        assertThatThrownBy(() -> Field60.of(with(60, digits))).isInstanceOf(MalformedMessage.class).hasMessage("field 60: PARTS");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # field 61,        today,       original date
        000012000345,      2026-11-25,
        0000000000001124,  2026-11-25,  2026-11-24
        0000000000001125,  2026-11-25,  2026-11-25
        0000000000001126,  2026-11-25,  2025-11-26
        0000000000001231,  2027-01-02,  2026-12-31
        0000000000000229,  2028-03-01,  2028-02-29
        0000000000000000,  2026-11-25,
        000012000345112400, 2026-11-25, 2026-11-24
        00001200034511240000000010344, 2026-11-25, 2026-11-24
        """)
    void field61_dateWithoutAYear_isTheLastOne(String digits, LocalDate today, LocalDate date) {
        Field61 field = Field61.of(with(61, digits));

        assertThat(field.text()).isEqualTo(digits);
        assertThat(field.findDate(today).orElse(null)).isEqualTo(date);
    }

    @Test
    void field61_noSuchDay_isRefused() {
        LocalDate today = LocalDate.of(2026, 11, 25);

        assertThatThrownBy(() -> Field61.of(with(61, "0000000000001332")).findDate(today)).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> Field61.of(with(61, "0000000000000229")).findDate(today)).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> Field61.of(with(61, "00000000000011"))).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void field61_everyUse_hasItsParts() {
        assertThat(Field61.ofVoid(12, 345).text()).isEqualTo("000012000345");
        assertThat(Field61.ofAuthorisation(MonthDay.of(3, 9)).text()).isEqualTo("0000000000000309");
        assertThat(Field61.ofRefund(1, 2, MonthDay.of(12, 31)).text()).isEqualTo("0000010000021231");
    }

    @Test
    void field63_answer_hasAnOrganisationAndARemark() {
        assertThat(Field63.of(with(63, "CUP余额不足"))).isEqualTo(new Field63("CUP", "余额不足"));
        assertThat(Field63.of(with(63, "01"))).isEqualTo(new Field63("01", ""));
        assertThatThrownBy(() -> Field63.of(with(63, "1"))).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void field62_pinUnderSm4_isFound() {
        byte[] block = bytesOf("00112233445566778899AABBCCDDEEFF");
        Message message = Message.of(Profile.CUP_POS_64, "0200").set(62, Field62.ofPinBlock(block)).build();

        assertThat(Field62.findPinBlock(message)).hasValue(block);
        assertThat(Field62.findPinBlock(with(60, "00000000004"))).isEmpty();
        assertThat(Field62.findPinBlock(Message.of(Profile.CUP_POS_64, "0800").set(62, new byte[21]).build())).isEmpty();
        assertThatThrownBy(() -> Field62.ofPinBlock(new byte[8])).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void field62_download_isReadBack() {
        Field62.Download download = new Field62.Download(Field62.Download.State.MORE, List.of(Tlv.of(0x9F06, bytesOf("A000000333")), Tlv.of(0x9F22, new byte[] {3})));
        Message message = Message.of(Profile.CUP_POS_64, "0830").set(62, download.bytes()).build();

        assertThat(Field62.download(message)).isEqualTo(download);
        assertThat(new String(Field62.ofQuery(0), StandardCharsets.US_ASCII)).isEqualTo("100");
        for (String wrong : List.of("", "3", "19F", "1" + "00")) {
            Message broken = Message.of(Profile.CUP_POS_64, "0830").set(62, wrong.getBytes(StandardCharsets.US_ASCII)).build();
            assertThatThrownBy(() -> Field62.download(broken)).as(wrong).isInstanceOf(MalformedMessage.class);
        }
    }

    @Test
    void field54_debit_isBelowZero() {
        assertThat(Field54.list(with(54, "1002156D000000001234"))).singleElement().satisfies(balance -> {
            assertThat(balance.balance()).isEqualTo(Money.ofFen(-1_234));
            assertThat(balance.text()).isEqualTo("1002156D000000001234");
        });
        assertThatThrownBy(() -> Field54.list(with(54, "1002156X000000001234"))).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> Field54.list(with(54, "1002156D0000"))).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> Field54.list(with(54, ""))).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void field48Totals_anAnswer_isReadBack() {
        Field48Totals.Side side = new Field48Totals.Side(Money.ofFen(123_456), 12, Money.ofFen(100), 1, Field48Totals.Verdict.ASKED);
        Field48Totals totals = new Field48Totals(side.judged(Field48Totals.Verdict.NOT_BALANCED), Field48Totals.Side.EMPTY);

        assertThat(totals.text()).isEqualTo("000000123456012000000000100001" + "2" + "0".repeat(31));
        assertThat(Field48Totals.of(with(48, totals.text()))).isEqualTo(totals);
        assertThatThrownBy(() -> Field48Totals.of(with(48, "0".repeat(61) + "4"))).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> Field48Totals.of(with(48, "0".repeat(63)))).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void field48Upload_eightTransactions_fillTheField() {
        Field48Upload.Item item = new Field48Upload.Item(true, 17, new Pan("6212340000000000012"), Money.ofFen(5));
        Field48Upload upload = new Field48Upload(Collections.nCopies(8, item));

        assertThat(upload.text()).hasSize(322).startsWith("0801000017" + "06212340000000000012" + "000000000005");
        assertThat(Field48Upload.of(with(48, upload.text()))).isEqualTo(upload);
        assertThat(upload.toString()).contains("621234*********0012").doesNotContain("6212340000000000012");
        assertThatThrownBy(() -> new Field48Upload(Collections.nCopies(9, item))).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> Field48Upload.of(with(48, "02" + "0".repeat(80)))).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> Field48Upload.of(with(48, "02"))).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void field48_endOfUpload_saysHowMany() {
        assertThat(Field48Upload.uploaded(with(48, Field48Upload.textOfEnd(27)))).isEqualTo(27);
        assertThatThrownBy(() -> Field48Upload.uploaded(with(48, "027"))).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void switchField60_reasonAndMore_areFound() {
        Message message = Message.of(Profile.CUP_SWITCH_128, "0200").set(60, "0000" + "05000300000" + "000" + "004" + "000000000").build();

        assertThat(SwitchField60.of(message).reasonCode()).isEqualTo("0000");
        assertThat(SwitchField60.of(message).findTerminalType()).hasValue("03");
        assertThat(SwitchField60.of(message).isSm4()).isTrue();
        assertThat(new SwitchField60("0000").findTerminalType()).isEmpty();
        assertThatThrownBy(() -> new SwitchField60("00000")).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void switchField90_meaningAMessage_isReadBack() {
        Message original = Message.of(Profile.CUP_SWITCH_128, "0200").set(7, "1125120000").set(11, "000007").set(32, "00010344").set(33, "10000").build();
        SwitchField90 field = SwitchField90.meaning(original);

        assertThat(field.text()).isEqualTo("0200" + "000007" + "1125120000" + "00000010344" + "00000010000");
        assertThat(SwitchField90.of(Message.of(Profile.CUP_SWITCH_128, "0420").set(90, field.text()).build())).isEqualTo(field);
    }

    @Test
    void switchUsage_ofAnotherTag_isNotFound() {
        Message message = Message.of(Profile.CUP_SWITCH_128, "0200").set(63, SwitchUsage.SM.bytes(new byte[16])).build();

        assertThat(SwitchUsage.SM.find(message)).hasValue(new byte[16]);
        assertThat(SwitchUsage.TK.find(message)).isEmpty();
        assertThat(SwitchUsage.PZ.find(message)).isEmpty();
    }

    @Test
    void macInput_switchMessage_isTheSelectedFieldsCleaned() {
        Message message = Message.of(Profile.CUP_SWITCH_128, "0420").set(2, "6212340000000000012").set(3, "000000").set(4, Money.ofFen(5)).set(7, "1125120000")
                .set(11, "000007").set(22, "051").set(28, "C00000100").set(32, "00010344").set(39, "00").set(41, "ab-*c  1").set(42, "898000000000001")
                .set(90, "0200000007112512000000000010344" + "00000010000").set(102, "acct.1").build();

        assertThat(new String(MacInput.of(message), StandardCharsets.US_ASCII)).isEqualTo("0420 196212340000000000012 000000 000000000005 1125120000 000007 "
                + "C00000100 0800010344 00 ABC 1 898000000000001 02000000071125120000 06ACCT.1");
    }

    @Test
    void pan_anyWriting_isMasked() {
        assertThat(new Pan("6212340000000000012")).hasToString("621234*********0012");
        assertThat(Pan.withCheckDigit("411111111111111").digits()).isEqualTo("4111111111111111");
        assertThat(Pan.masked("1234567890")).isEqualTo("**********");
        assertThatThrownBy(() -> new Pan("62123400000a")).hasMessage("a PAN has 13 to 19 digits, the first not 0");
    }

    private static Message with(int field, String text) {
        return Message.of(Profile.CUP_POS_64, "0200").set(field, text).build();
    }
}
