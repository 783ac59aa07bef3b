package cn.onecard.wire;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.proto.Load;
import cn.onecard.wire.proto.LoadSource;
import cn.onecard.wire.proto.LoadTac;
import cn.onecard.wire.proto.OrderChange;
import cn.onecard.wire.proto.OrderName;
import cn.onecard.wire.proto.Payment;
import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.function.Supplier;

/** Between the frames of payments and the protobuf messages of {@code payment.proto}. What reads a message throws
 *  {@link MalformedFrame} if any field has a wrong length or range, naming the field. */
public final class PaymentCodec {
    private PaymentCodec() {}

    /** The message for a frame. */
    public static Load toProto(LoadFrame frame) {
        LoadFrame.CardInit init = frame.init();
        return Load.newBuilder()
                .setKey(frame.key())
                .setPsamNo(frame.terminal().value())
                .setCardNo(ByteString.copyFrom(frame.cardNo().bytes()))
                .setSource(switch (frame.source()) {
                    case WALLET -> LoadSource.FROM_WALLET;
                    case CASH -> LoadSource.FROM_CASH;
                    case BANK_CARD -> LoadSource.FROM_BANK_CARD;
                })
                .setAmountFen(frame.amount().fen())
                .setOldBalanceFen(init.oldBalance().fen())
                .setOnlineCounter(init.onlineCounter())
                .setKeyVersion(init.keyVersion())
                .setAlgorithm(init.algorithm())
                .setCardRandom(init.random())
                .setMac1(frame.mac1())
                .build();
    }

    /** The message for a frame. */
    public static LoadTac toProto(LoadTacFrame frame) {
        return LoadTac.newBuilder().setKey(frame.key()).setOrderKey(frame.orderKey()).setTac(frame.tac().value()).build();
    }

    /** The frame in a message. */
    public static LoadFrame load(Load load) {
        return inRange(() -> new LoadFrame(load.getKey(), new TerminalId(load.getPsamNo()), cardNo(load.getCardNo()),
                switch (load.getSource()) {
                    case FROM_WALLET -> LoadFrame.Source.WALLET;
                    case FROM_CASH -> LoadFrame.Source.CASH;
                    case FROM_BANK_CARD -> LoadFrame.Source.BANK_CARD;
                    case LOAD_SOURCE_UNSPECIFIED, UNRECOGNIZED -> throw new MalformedFrame("source is missing or unknown");
                },
                Money.ofFen(load.getAmountFen()),
                new LoadFrame.CardInit(Money.ofFen(load.getOldBalanceFen()), load.getOnlineCounter(), load.getKeyVersion(), load.getAlgorithm(),
                        load.getCardRandom()),
                load.getMac1()));
    }

    /** The frame in a message. */
    public static LoadTacFrame loadTac(LoadTac tac) {
        return new LoadTacFrame(tac.getKey(), tac.getOrderKey(), new Tac(tac.getTac()));
    }

    /** The frame of a payment that is captured at once. */
    public static PaymentFrame payment(Payment payment) {
        return payment(payment, payment.getLifetimeSeconds() == 0, "lifetime_seconds is not 0, but Pay holds nothing");
    }

    /** The frame of a payment that is only held. */
    public static PaymentFrame hold(Payment payment) {
        return payment(payment, payment.getLifetimeSeconds() != 0, "lifetime_seconds is missing");
    }

    /** The frame in a message. */
    public static ChangeFrame change(OrderChange change) {
        Optional<Money> amount = change.hasAmountFen() ? Optional.of(Money.ofFen(change.getAmountFen())) : Optional.empty();
        return new ChangeFrame(change.getKey(), change.getOrderKey(), amount);
    }

    /** The frame of a change that has no amount. */
    public static ChangeFrame changeOfAll(OrderChange change) {
        if (change.hasAmountFen()) {
            throw new MalformedFrame("amount_fen is given, but a hold is voided as a whole");
        }
        return change(change);
    }

    /** The key by which a message names an order. */
    public static String orderKey(OrderName name) {
        Range.checkKey("order_key", name.getOrderKey());
        return name.getOrderKey();
    }

    private static PaymentFrame payment(Payment payment, boolean fits, String otherwise) {
        if (!fits) {
            throw new MalformedFrame(otherwise);
        }
        return inRange(() -> new PaymentFrame(payment.getKey(), new TerminalId(payment.getPsamNo()), cardNo(payment.getCardNo()), payment.getServiceCode(),
                Money.ofFen(payment.getAmountFen()), payment.getLifetimeSeconds()));
    }

    private static CardNo cardNo(ByteString bytes) {
        if (bytes.size() != CardNo.BYTES) {
            throw new MalformedFrame("card_no has " + bytes.size() + " bytes, not 10");
        }
        return CardNo.ofBytes(bytes.toByteArray());
    }

    private static <T> T inRange(Supplier<T> frame) {
        try {
            return frame.get();
        } catch (MalformedFrame malformed) {
            throw malformed;
        } catch (IllegalArgumentException outOfRange) {
            throw new MalformedFrame(String.valueOf(outOfRange.getMessage()));
        }
    }
}
