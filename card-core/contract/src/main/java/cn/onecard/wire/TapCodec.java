package cn.onecard.wire;

import cn.onecard.vocabulary.CardCounter;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TapOutcome;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.proto.Outcome;
import cn.onecard.wire.proto.Tap;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;

/** Between {@link TapFrame} and the protobuf message {@link Tap}. */
public final class TapCodec {
    private TapCodec() {}

    /** The message for a frame. */
    public static Tap toProto(TapFrame frame) {
        CardFace card = frame.card();
        Debit debit = frame.debit();
        Ride ride = frame.ride();
        return Tap.newBuilder()
                .setCardNo(ByteString.copyFrom(card.cardNo().bytes()))
                .setCardClass(card.cardClass())
                .setCardKind(card.cardKind())
                .setCardCounter(debit.counter().value())
                .setPsamNo(frame.key().terminal().value())
                .setPsamSeq((int) frame.key().psamSeq())
                .setAmountFen(debit.amount().fen())
                .setFullFareFen(ride.fullFare().fen())
                .setBalanceBeforeFen(debit.balanceBefore().fen())
                .setEventAtBcd(debit.eventTime().bcd())
                .setTxnType(debit.type())
                .setTac(ByteString.copyFrom(ByteBuffer.allocate(4).putInt(debit.tac().value()).array()))
                .setGrey(debit.grey())
                .setIssuerId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(card.issuerId()).array()))
                .setCity(card.city())
                .setKeyVersion(card.keyVersion())
                .setAlgorithm(card.algorithm())
                .setPartyId(ride.party().value())
                .setServiceCode(ride.serviceCode())
                .setLineNo(ride.line())
                .setStationNo(ride.station())
                .setRideKind(ride.rideKind())
                .setTariffVersion(ride.tariffVersion())
                .setTerminalSerial((int) frame.terminalSerial())
                .setMac2Failed(debit.mac2Failed())
                .build();
    }

    /** The frame in a message.
     *
     *  @throws MalformedFrame if any field has a wrong length or range, naming the field */
    public static TapFrame fromProto(Tap tap) {
        try {
            return new TapFrame(key(tap), card(tap), debit(tap), ride(tap), Integer.toUnsignedLong(tap.getTerminalSerial()));
        } catch (MalformedFrame malformed) {
            throw malformed;
        } catch (IllegalArgumentException outOfRange) {
            throw new MalformedFrame(String.valueOf(outOfRange.getMessage()));
        }
    }

    /** The PSAM and sequence of a message, whatever else is wrong with it.
     *
     *  @throws IllegalArgumentException if the PSAM's number has more than six bytes */
    public static TapKey key(Tap tap) {
        return new TapKey(new TerminalId(tap.getPsamNo()), Integer.toUnsignedLong(tap.getPsamSeq()));
    }

    /** The outcome as it is sent. */
    public static Outcome toProto(TapOutcome outcome) {
        return switch (outcome) {
            case ACCEPTED -> Outcome.ACCEPTED;
            case DUPLICATE -> Outcome.DUPLICATE;
            case CONFLICT -> Outcome.CONFLICT;
            case SUSPECT -> Outcome.SUSPECT;
            case FORGED -> Outcome.FORGED;
            case MALFORMED -> Outcome.MALFORMED;
        };
    }

    /** The outcome as it was received.
     *
     *  @throws MalformedFrame if it is none that this version knows */
    public static TapOutcome fromProto(Outcome outcome) {
        return switch (outcome) {
            case ACCEPTED -> TapOutcome.ACCEPTED;
            case DUPLICATE -> TapOutcome.DUPLICATE;
            case CONFLICT -> TapOutcome.CONFLICT;
            case SUSPECT -> TapOutcome.SUSPECT;
            case FORGED -> TapOutcome.FORGED;
            case MALFORMED -> TapOutcome.MALFORMED;
            case OUTCOME_UNSPECIFIED, UNRECOGNIZED -> throw new MalformedFrame("unknown outcome");
        };
    }

    private static CardFace card(Tap tap) {
        if (tap.getCardNo().size() != CardNo.BYTES) {
            throw new MalformedFrame("card_no has " + tap.getCardNo().size() + " bytes, not 10");
        }
        if (tap.getIssuerId().size() != 8) {
            throw new MalformedFrame("issuer_id has " + tap.getIssuerId().size() + " bytes, not 8");
        }
        return new CardFace(CardNo.ofBytes(tap.getCardNo().toByteArray()), tap.getCardClass(), tap.getCardKind(),
                tap.getIssuerId().asReadOnlyByteBuffer().getLong(), tap.getCity(), tap.getKeyVersion(), tap.getAlgorithm());
    }

    private static Debit debit(Tap tap) {
        return new Debit(tap.getTxnType(), Money.ofFen(tap.getAmountFen()), new CardCounter(tap.getCardCounter()),
                Money.ofFen(tap.getBalanceBeforeFen()), new EventTime(tap.getEventAtBcd()), tac(tap), tap.getGrey(), tap.getMac2Failed());
    }

    private static Tac tac(Tap tap) {
        return switch (tap.getTac().size()) {
            case 0 -> Tac.NONE;
            case 4 -> new Tac(tap.getTac().asReadOnlyByteBuffer().getInt());
            default -> throw new MalformedFrame("tac has " + tap.getTac().size() + " bytes, not 4");
        };
    }

    private static Ride ride(Tap tap) {
        return new Ride(new PartyId(tap.getPartyId()), tap.getServiceCode(), tap.getLineNo(), tap.getStationNo(),
                tap.getRideKind(), Money.ofFen(tap.getFullFareFen()), tap.getTariffVersion());
    }
}
