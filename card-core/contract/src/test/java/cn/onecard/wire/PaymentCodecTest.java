package cn.onecard.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.proto.Load;
import cn.onecard.wire.proto.LoadTac;
import cn.onecard.wire.proto.OrderChange;
import cn.onecard.wire.proto.OrderName;
import cn.onecard.wire.proto.Payment;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no frame is refused, naming the field and no card number. */
class PaymentCodecTest {
    private static final CardNo CARD = CardNo.ofDigits("31012345678901234567");
    private static final LoadFrame LOAD = new LoadFrame("key", new TerminalId(7), CARD, LoadFrame.Source.WALLET, Money.ofFen(5_000),
            new LoadFrame.CardInit(Money.ofFen(10_000), 3, 1, 1, 0x0102_0304), 0x0506_0708);
    private static final Payment PAYMENT = Payment.newBuilder().setKey("key").setPsamNo(7).setCardNo(ByteString.copyFrom(CARD.bytes())).setServiceCode(1)
            .setAmountFen(100).build();

    static Stream<Arguments> badLoads() {
        return Stream.of(
                load("key", load -> load.clearKey()),
                load("key", load -> load.setKey("k".repeat(65))),
                load("key", load -> load.setKey("two words")),
                load("key", load -> load.setKey("钥匙")),
                load("terminal number", load -> load.setPsamNo(1L << 48)),
                load("card_no", load -> load.clearCardNo()),
                load("card_no", load -> load.setCardNo(ByteString.copyFrom(new byte[11]))),
                load("20 decimal digits", load -> load.setCardNo(ByteString.copyFrom(new byte[] {0x1A, 0, 0, 0, 0, 0, 0, 0, 0, 0}))),
                load("source", load -> load.clearSource()),
                load("source", load -> load.setSourceValue(99)),
                load("amount_fen", load -> load.setAmountFen(1L << 32)),
                load("amount_fen", load -> load.setAmountFen(-1)),
                load("old_balance_fen", load -> load.setOldBalanceFen(Long.MIN_VALUE)),
                load("together", load -> load.setOldBalanceFen(0xFFFF_FFFFL)),
                load("online_counter", load -> load.setOnlineCounter(0x1_0000)),
                load("key_version", load -> load.setKeyVersion(-1)),
                load("algorithm", load -> load.setAlgorithm(256)));
    }

    private static Arguments load(String named, Consumer<Load.Builder> spoil) {
        Load.Builder load = PaymentCodec.toProto(LOAD).toBuilder();
        spoil.accept(load);
        return Arguments.of(named, load.build());
    }

    @ParameterizedTest
    @MethodSource("badLoads")
    void load_fieldOutOfRange_isNamed(String named, Load load) {
        assertNamed(named, () -> PaymentCodec.load(load));
    }

    @Test
    void payment_fieldOutOfRange_isNamed() {
        assertNamed("service_code", () -> PaymentCodec.payment(PAYMENT.toBuilder().clearServiceCode().build()));
        assertNamed("service_code", () -> PaymentCodec.payment(PAYMENT.toBuilder().setServiceCode(256).build()));
        assertNamed("amount_fen", () -> PaymentCodec.payment(PAYMENT.toBuilder().setAmountFen(-1).build()));
        assertNamed("lifetime_seconds", () -> PaymentCodec.payment(PAYMENT.toBuilder().setLifetimeSeconds(1).build()));
        assertNamed("lifetime_seconds", () -> PaymentCodec.hold(PAYMENT));
        assertNamed("lifetime_seconds", () -> PaymentCodec.hold(PAYMENT.toBuilder().setLifetimeSeconds(86_401).build()));
    }

    @Test
    void change_fieldOutOfRange_isNamed() {
        OrderChange change = OrderChange.newBuilder().setKey("key").setOrderKey("order").build();
        assertNamed("order_key", () -> PaymentCodec.change(change.toBuilder().clearOrderKey().build()));
        assertNamed("amount_fen", () -> PaymentCodec.change(change.toBuilder().setAmountFen(1L << 32).build()));
        assertNamed("amount_fen", () -> PaymentCodec.changeOfAll(change.toBuilder().setAmountFen(1).build()));
        assertNamed("order_key", () -> PaymentCodec.loadTac(LoadTac.newBuilder().setKey("key").build()));
        assertNamed("order_key", () -> PaymentCodec.orderKey(OrderName.getDefaultInstance()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void load_anyFrame_comesBackFromItsMessage(long seed) {
        Random random = new Random(seed);
        List<LoadFrame.Source> sources = List.of(LoadFrame.Source.values());
        for (int i = 0; i < 1_000; i++) {
            long oldBalance = random.nextLong(1L << 32);
            LoadFrame frame = new LoadFrame("key-" + i, new TerminalId(random.nextLong(1L << 48)), CARD,
                    sources.get(random.nextInt(sources.size())), Money.ofFen(random.nextLong((1L << 32) - oldBalance)),
                    new LoadFrame.CardInit(Money.ofFen(oldBalance), random.nextInt(0x1_0000), random.nextInt(256), random.nextInt(256), random.nextInt()),
                    random.nextInt());
            assertThat(PaymentCodec.load(PaymentCodec.toProto(frame))).isEqualTo(frame);
        }
    }

    private static void assertNamed(String named, ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOf(MalformedFrame.class).hasMessageContaining(named).message().doesNotContain("3101234567");
    }
}
