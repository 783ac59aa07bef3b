package cn.onecard.terminal.sim;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import java.time.LocalDate;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The virtual card against a published card trace (V3c) and the chip manual's rules. */
class VirtualCardTest {
    private static final String SELECT = "00A4040008A00000063201010500";
    private static final byte[] KEY = HexFormat.of().parseHex("00112233445566778899AABBCCDDEEFF");

    private final VirtualCard card = traced();

    /** The card of the published trace: 2000 in hexadecimal in the purse, counter 0, key version 0, algorithm byte 0. */
    private static VirtualCard traced() {
        CardProfile profile = new CardProfile(CardNo.ofDigits("00000000000000000001"), 1, CardKind.ORDINARY, 1, 0, Algorithm.TDES, 0, 0,
                LocalDate.of(2016, 1, 1), LocalDate.of(2036, 1, 1), Money.ofFen(0x2000), 0);
        return VirtualCard.personalised(profile, KEY, KEY, () -> 0x584633C9);
    }

    @Test
    void process_publishedPurchaseTrace_answersByteForByte() {
        send(SELECT);
        assertThat(send("805001020B00000000010011223344550F")).isEqualTo("000020000000000000000058" + "4633C99000");
        assertThat(send("805401000F0000000020161216134600D45737C508")).isEqualTo("8AF270DC66B54A6B9000");
        assertThat(send("805C000204")).isEqualTo("00001FFF9000");
        assertThat(send("00B201C417")).isEqualTo("0001000000000000010600112233445520161216" + "1346009000");
    }

    /** V3b: another stay of the same card, with the load key in it. */
    @Test
    void process_publishedLoadTrace_answersByteForByte() {
        VirtualCard loadable = VirtualCard.personalised(new CardProfile(CardNo.ofDigits("00000000000000000001"), 1, CardKind.ORDINARY, 1, 0, Algorithm.TDES, 0, 1,
                LocalDate.of(2016, 1, 1), LocalDate.of(2036, 1, 1), Money.ZERO, 0), KEY, KEY, () -> 0xC903814D);
        loadable.setLoadKey(KEY);
        send(loadable, SELECT);
        assertThat(send(loadable, "805000020B010000200000112233445510")).isEqualTo("0000000000000100" + "C903814D03976C22" + "9000");
        assertThat(send(loadable, "805200000B201612161058008AFA571804")).isEqualTo("FA00066D9000");
        assertThat(loadable.balance()).isEqualTo(Money.ofFen(0x2000));
        assertThat(loadable.onlineCounter()).isEqualTo(1);
        assertThat(send(loadable, "805200000B201612161058008AFA571804")).as("once").isEqualTo("6901");
        assertThat(send(loadable, "00B201C417")).isEqualTo("0001000000000020000200112233445520161216" + "1058009000");
    }

    @Test
    void process_loadWithoutKeyOrWithAWrongMac2_loadsNothing() {
        send(SELECT);
        assertThat(send("805000020B010000200000112233445510")).isEqualTo("9403");
        card.setLoadKey(KEY);
        send("805000020B010000200000112233445510");
        assertThat(send("805200000B201612161058008AFA571804")).isEqualTo("9302");
        send("805000020B010000200000112233445510");
        assertThat(send("805401000F0000000020161216134600D45737C508")).as("a load is no purchase").isEqualTo("6901");
        send("805001020B00000000010011223344550F");
        assertThat(send("805200000B201612161058008AFA571804")).as("and the other way round").isEqualTo("6901");
        assertThat(send("805000020B01FFFFF0000011223344" + "5510")).as("more than a purse can hold").isEqualTo("6985");
        assertThat(card.balance()).isEqualTo(Money.ofFen(0x2000));
        assertThat(card.onlineCounter()).isZero();
    }

    @Test
    void process_debitTwice_refusesTheSecondWithoutInit() {
        send(SELECT);
        send("805001020B00000000010011223344550F");
        send("805401000F0000000020161216134600D45737C508");
        assertThat(send("805401000F0000000020161216134600D45737C508")).isEqualTo("6901");
        assertThat(card.balance()).isEqualTo(Money.ofFen(0x1FFF));
    }

    @Test
    void process_wrongMac1_debitsNothing() {
        send(SELECT);
        send("805001020B00000000010011223344550F");
        assertThat(send("805401000F0000000020161216134600D45737C608")).isEqualTo("9302");
        assertThat(card.balance()).isEqualTo(Money.ofFen(0x2000));
        assertThat(card.counter()).isZero();
    }

    @Test
    void process_resetAfterInit_cancelsIt() {
        send(SELECT);
        send("805001020B00000000010011223344550F");
        card.reset();
        send(SELECT);
        assertThat(send("805401000F0000000020161216134600D45737C508")).isEqualTo("6901");
    }

    @Test
    void process_proofOfTheDebit_isMacThenTac() {
        send(SELECT);
        send("805001020B00000000010011223344550F");
        send("805401000F0000000020161216134600D45737C508");
        assertThat(send("805A000602000208")).isEqualTo("9406");
        assertThat(send("805A000902000108")).isEqualTo("9406");
        assertThat(send("805A000602000108")).isEqualTo("66B54A6B8AF270DC9000");
    }

    @ParameterizedTest
    @CsvSource({
        "805001020BFF000000010011223344550F, 9403",       // key index unknown
        "805001020B00000020010011223344550F, 9401",       // more than the balance
        "805001010B00000000010011223344550F, 6A86",       // no such purse
        "00B099001E, 6A82",                               // no such file
        "00B201C417, 6A83",                               // no transaction yet
        "00B095001F, 6C1E",                               // longer than the file
        "80540100, 6901",
        "80CA000000, 6D00",
        "90CA000000, 6E00",
        "00CA000000, 6D00",
    })
    void process_commandUnfit_answersTheManualsStatusWord(String command, String statusWord) {
        send(SELECT);
        assertThat(send(command)).isEqualTo(statusWord);
    }

    @Test
    void process_nothingSelected_refuses() {
        assertThat(send("805C000204")).isEqualTo("6985");
    }

    @Test
    void process_applicationBlocked_cannotBeSelected() {
        card.setBlocked(true);
        assertThat(send(SELECT)).isEqualTo("6A81");
    }

    private String send(String command) {
        return send(card, command);
    }

    private static String send(VirtualCard to, String command) {
        return HexFormat.of().withUpperCase().formatHex(to.process(HexFormat.of().parseHex(command)));
    }
}
