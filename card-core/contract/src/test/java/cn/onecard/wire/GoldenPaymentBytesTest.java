package cn.onecard.wire;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.proto.Load;
import cn.onecard.wire.proto.LoadAnswer;
import cn.onecard.wire.proto.LoadGo;
import cn.onecard.wire.proto.LoadTac;
import cn.onecard.wire.proto.OrderAnswer;
import cn.onecard.wire.proto.OrderChange;
import cn.onecard.wire.proto.OrderDone;
import cn.onecard.wire.proto.OrderFound;
import cn.onecard.wire.proto.OrderName;
import cn.onecard.wire.proto.OrderStanding;
import cn.onecard.wire.proto.OrderView;
import cn.onecard.wire.proto.Payment;
import cn.onecard.wire.proto.PaymentReason;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The bytes of the payment contract, version 1, as released; encoded by hand like those of {@link GoldenBytesTest}, and never
 *  rewritten. */
class GoldenPaymentBytesTest {
    private static final TerminalId KIOSK = TerminalId.ofHex("F10203040506");
    private static final CardNo CARD = CardNo.ofDigits("31012345678901234567");
    private static final long AT = 1_795_665_540_123L;

    @Test
    void load_version1_isWrittenAndReadAsReleased() throws IOException {
        LoadFrame frame = new LoadFrame("kiosk-7/load-41", KIOSK, CARD, LoadFrame.Source.CASH, Money.ofFen(0xC2),
                new LoadFrame.CardInit(Money.ofFen(0xF000_0001L), 0xFFFE, 0xB1, 0xA1, 0x8112_1314), 0x8AF2_70DC);
        assertThat(PaymentCodec.toProto(frame).toByteArray()).isEqualTo(released("v1-load.bin"));
        assertThat(PaymentCodec.load(Load.parseFrom(released("v1-load.bin")))).isEqualTo(frame);
    }

    @Test
    void loadTac_version1_isWrittenAndReadAsReleased() throws IOException {
        LoadTacFrame frame = new LoadTacFrame("tac-41", "kiosk-7/load-41", new Tac(0x8AF2_70DC));
        assertThat(PaymentCodec.toProto(frame).toByteArray()).isEqualTo(released("v1-load-tac.bin"));
        assertThat(PaymentCodec.loadTac(LoadTac.parseFrom(released("v1-load-tac.bin")))).isEqualTo(frame);
    }

    @Test
    void payment_version1_isReadAsReleased() throws IOException {
        Payment message = Payment.newBuilder().setKey("hold-42").setPsamNo(KIOSK.value()).setCardNo(ByteString.copyFrom(CARD.bytes())).setServiceCode(10)
                .setAmountFen(0xE1E2_E3E4L).setLifetimeSeconds(86_400).build();
        assertBytes(message, "v1-payment.bin");
        assertThat(PaymentCodec.hold(Payment.parseFrom(released("v1-payment.bin"))))
                .isEqualTo(new PaymentFrame("hold-42", KIOSK, CARD, 10, Money.ofFen(0xE1E2_E3E4L), 86_400));
    }

    @Test
    void orderChange_version1_tellsNothingFromAll() throws IOException {
        assertBytes(OrderChange.newBuilder().setKey("refund-43").setOrderKey("hold-42").setAmountFen(0).build(), "v1-order-change.bin");
        assertThat(PaymentCodec.change(OrderChange.parseFrom(released("v1-order-change.bin"))))
                .isEqualTo(new ChangeFrame("refund-43", "hold-42", Optional.of(Money.ZERO)));
        assertThat(PaymentCodec.changeOfAll(OrderChange.parseFrom(released("v1-order-change-of-all.bin"))))
                .isEqualTo(new ChangeFrame("void-44", "hold-42", Optional.empty()));
        assertThat(PaymentCodec.orderKey(OrderName.parseFrom(released("v1-order-name.bin")))).isEqualTo("hold-42");
    }

    @Test
    void answers_version1_areWrittenAsReleased() throws IOException {
        assertBytes(LoadAnswer.newBuilder().setGo(LoadGo.newBuilder().setHostTimeBcd(0x20251128235901L).setMac2(0xD457_37C5)).build(), "v1-load-go.bin");
        assertBytes(LoadAnswer.newBuilder().setRefused(PaymentReason.MAC1_WRONG).build(), "v1-load-refused.bin");
        assertBytes(OrderAnswer.newBuilder().setDone(OrderDone.newBuilder().setStanding(OrderStanding.ORDER_UNKNOWN_OUTCOME).setAmountFen(5_000)
                .setAtMillis(AT)).build(), "v1-order-done.bin");
        assertBytes(OrderFound.newBuilder().setOrder(OrderView.newBuilder().setStanding(OrderStanding.ORDER_PARTLY_REFUNDED).setAskedFen(5_000)
                .setCapturedFen(4_500).setRefundedFen(1_200).setSinceMillis(AT)).build(), "v1-order-found.bin");
    }

    private static void assertBytes(Message message, String name) throws IOException {
        assertThat(message.toByteArray()).isEqualTo(released(name));
        assertThat(message.getParserForType().parseFrom(released(name))).isEqualTo(message);
    }

    private static byte[] released(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(GoldenPaymentBytesTest.class.getResourceAsStream("/wire/" + name), name)) {
            return in.readAllBytes();
        }
    }
}
