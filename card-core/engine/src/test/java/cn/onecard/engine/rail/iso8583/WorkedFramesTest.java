package cn.onecard.engine.rail.iso8583;

import static cn.onecard.engine.testing.RailsVectors.bytesOf;
import static cn.onecard.engine.testing.RailsVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.rail.tlv.Tlv;
import cn.onecard.engine.testing.RailsVectors;
import cn.onecard.vocabulary.Money;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Two frames worked out by hand, byte by byte, and one answer of a published trace. */
class WorkedFramesTest {
    static final String SIGN_ON = "003C600003000060310031100308000020000000C00012000001303030303030303138393830303030303030303030303100110000000000400003303120";
    static final String SALE = "009760000300006031003110030200702406C020C09A1119621234000000000001200000000000000123450000023012051000010012336212340000"
            + "000000012D3012201123456030303030303030313839383030303030303030303030313135367D8C858DF85989BB260000000000000000209F260801"
            + "23456789ABCDEF9F2701809F3602001C0013220000010005004536344641423432";
    private static final PosHeader HEADER = new PosHeader("603100311003");

    @Test
    void encode_signOn_isTheWorkedFrame() {
        Message message = Message.of(Profile.CUP_POS_64, "0800").set(11, "000001").set(41, "00000001").set(42, "898000000000001")
                .set(60, Field60.management(0, "004").text()).set(63, new Field63("01 ", "").text()).build();

        assertThat(hex(Framing.POS.wrap(new PosFrame(new Tpdu(3, 0), HEADER, message).encode()))).isEqualTo(SIGN_ON);
    }

    @Test
    void decode_signOn_hasItsFields() {
        PosFrame frame = decode(SIGN_ON);

        assertThat(frame.tpdu()).isEqualTo(new Tpdu(3, 0));
        assertThat(frame.header()).isEqualTo(HEADER);
        assertThat(frame.message().type()).isEqualTo("0800");
        assertThat(frame.message().listFields()).containsExactly(11, 41, 42, 60, 63);
        assertThat(Field60.of(frame.message())).isEqualTo(new Field60("00", 0, "004", ""));
        assertThat(Field63.of(frame.message())).isEqualTo(new Field63("01 ", ""));
    }

    @Test
    void encode_sale_isTheWorkedFrame() {
        assertThat(hex(Framing.POS.wrap(new PosFrame(new Tpdu(3, 0), HEADER, sale()).encode()))).isEqualTo(SALE);
    }

    @Test
    void decode_sale_isTheMessage() {
        Message message = decode(SALE).message();

        assertThat(message).isEqualTo(sale()).hasSameHashCodeAs(sale());
        assertThat(message.findMoney(4)).hasValue(Money.ofFen(12_345));
        assertThat(message.text(22)).isEqualTo("051");
        assertThat(message.text(23)).isEqualTo("001");
        assertThat(message.text(35)).isEqualTo("6212340000000000012=3012201123456");
        assertThat(Tlv.parse(message.bytes(55))).extracting(Tlv::tag).containsExactly(0x9F26, 0x9F27, 0x9F36);
        assertThat(Field60.of(message)).satisfies(field -> {
            assertThat(field.transactionType()).isEqualTo("22");
            assertThat(field.batch()).isEqualTo(1);
            assertThat(field.findReadingCapability()).hasValue("5");
            assertThat(field.findIcCondition()).hasValue("0");
            assertThat(field.takesPartialApproval()).isFalse();
        });
    }

    @Test
    void toString_sale_showsNoCardNoTrackNoPinNoChip() {
        assertThat(sale()).hasToString("0200 [2=621234*********0012, 3=000000, 4=000000012345, 11=000002, 14=(4), 22=051, 23=001, 25=00, 26=12, 35=(33), "
                + "41=00000001, 42=898000000000001, 49=156, 52=(8), 53=2600000000000000, 55=(20), 60=2200000100050, 64=(8)]");
    }

    @Test
    void macInput_sale_isTheMessageUpToTheMac() {
        byte[] whole = sale().encode();

        assertThat(MacInput.of(sale())).hasSize(132).isEqualTo(Arrays.copyOf(whole, whole.length - 8));
        assertThat(MacInput.of(decode(SALE).message().toBuilder("0200").build())).isEqualTo(MacInput.of(sale()));
    }

    @Test
    void decode_publishedAnswerWithItsMac_isAccepted() {
        RailsVectors vector = RailsVectors.named("cup-ecb-3des-1");
        byte[] bytes = bytesOf(vector.text("mab") + vector.text("field64"));
        bytes[9] |= 1;
        Message message = Profile.CUP_POS_64.decode(ByteBuffer.wrap(bytes));

        assertThat(hex(message.encode())).isEqualTo(hex(bytes));
        assertThat(message.listFields()).containsExactly(39, 41, 42, 60, 62, 64);
        assertThat(Field62.download(message).state()).isEqualTo(Field62.Download.State.LAST);
        assertThat(Field62.download(message).objects()).hasSize(36);
        assertThat(Tlv.find(Field62.download(message).objects(), 0x9F06)).hasValueSatisfying(rid -> assertThat(hex(rid.value())).isEqualTo("A000000333"));
    }

    @Test
    void answer_worked_exchangesTheAddressesAndKeepsTheHeader() {
        PosFrame request = new PosFrame(new Tpdu(0x0525, 0), HEADER, sale());
        PosFrame answer = request.answer(Message.of(Profile.CUP_POS_64, "0210").set(39, "77").build(), ProcessingRequirement.SIGN_ON_AGAIN);

        assertThat(hex(answer.encode())).startsWith("6000000525" + "603103311003" + "0210");
        assertThat(PosFrame.decode(Profile.CUP_POS_64, ByteBuffer.wrap(answer.encode()))).isEqualTo(answer);
    }

    /** The worked sale. */
    static Message sale() {
        return Message.of(Profile.CUP_POS_64, "0200").set(2, "6212340000000000012").set(3, "000000").set(4, Money.ofFen(12_345)).set(11, "000002")
                .set(14, "3012").set(22, "051").set(23, "001").set(25, "00").set(26, "12").set(35, "6212340000000000012=3012201123456")
                .set(41, "00000001").set(42, "898000000000001").set(49, "156").set(52, bytesOf("7D8C858DF85989BB")).set(53, "2600000000000000")
                .set(55, bytesOf("9F26080123456789ABCDEF9F2701809F3602001C")).set(60, new Field60("22", 1, "000", "50").text())
                .set(64, bytesOf("4536344641423432")).build();
    }

    static PosFrame decode(String withLength) {
        ByteBuffer frame = Framing.POS.findNext(ByteBuffer.wrap(bytesOf(withLength))).orElseThrow();
        return PosFrame.decode(Profile.CUP_POS_64, frame);
    }
}
