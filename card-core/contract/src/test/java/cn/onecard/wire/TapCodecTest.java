package cn.onecard.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TapOutcome;
import cn.onecard.wire.proto.Outcome;
import cn.onecard.wire.proto.Tap;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames to messages and back, and messages that are no frame. */
class TapCodecTest {
    static IntStream seeds() {
        return IntStream.rangeClosed(1, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void fromProto_randomFrameThroughBytes_isTheSameFrame(int seed) throws InvalidProtocolBufferException {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            TapFrame frame = SampleTaps.random(random);

            TapFrame back = TapCodec.fromProto(Tap.parseFrom(TapCodec.toProto(frame).toByteArray()));

            assertThat(back).isEqualTo(frame);
            assertThat(back.digest()).isEqualTo(frame.digest());
        }
    }

    @Test
    void fromProto_lowestAndHighestValues_comeBack() {
        assertThat(TapCodec.fromProto(TapCodec.toProto(SampleTaps.least()))).isEqualTo(SampleTaps.least());
        assertThat(TapCodec.fromProto(TapCodec.toProto(SampleTaps.full()))).isEqualTo(SampleTaps.full());
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                malformed("card_no has 0 bytes", tap -> tap.setCardNo(ByteString.EMPTY)),
                malformed("card_no has 9 bytes", tap -> tap.setCardNo(ByteString.copyFrom(new byte[9]))),
                malformed("card_no has 11 bytes", tap -> tap.setCardNo(ByteString.copyFrom(new byte[11]))),
                malformed("20 decimal digits", tap -> tap.setCardNo(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0A}))),
                malformed("issuer_id has 0 bytes", tap -> tap.setIssuerId(ByteString.EMPTY)),
                malformed("issuer_id has 7 bytes", tap -> tap.setIssuerId(ByteString.copyFrom(new byte[7]))),
                malformed("tac has 3 bytes", tap -> tap.setTac(ByteString.copyFrom(new byte[3]))),
                malformed("tac has 5 bytes", tap -> tap.setTac(ByteString.copyFrom(new byte[5]))),
                malformed("card_class", tap -> tap.setCardClass(256)),
                malformed("card_kind", tap -> tap.setCardKind(-1)),
                malformed("card counter", tap -> tap.setCardCounter(0x10000)),
                malformed("card counter", tap -> tap.setCardCounter(-1)),
                malformed("terminal number", tap -> tap.setPsamNo(1L << 48)),
                malformed("terminal number", tap -> tap.setPsamNo(-1)),
                malformed("amount_fen", tap -> tap.setAmountFen(-1)),
                malformed("amount_fen", tap -> tap.setAmountFen(1L << 32)),
                malformed("full_fare_fen", tap -> tap.setFullFareFen(1L << 32)),
                malformed("balance_before_fen", tap -> tap.setBalanceBeforeFen(Long.MIN_VALUE)),
                malformed("event time", tap -> tap.setEventAtBcd(1L << 56)),
                malformed("txn_type", tap -> tap.setTxnType(0x109)),
                malformed("city", tap -> tap.setCity(0x10000)),
                malformed("key_version", tap -> tap.setKeyVersion(256)),
                malformed("algorithm", tap -> tap.setAlgorithm(256)),
                malformed("party number", tap -> tap.setPartyId(0)),
                malformed("party number", tap -> tap.setPartyId(-1)),
                malformed("service_code", tap -> tap.setServiceCode(256)),
                malformed("line_no", tap -> tap.setLineNo(-1)),
                malformed("station_no", tap -> tap.setStationNo(-1)),
                malformed("ride_kind", tap -> tap.setRideKind(256)),
                malformed("tariff_version", tap -> tap.setTariffVersion(-1)));
    }

    private static Arguments malformed(String complaint, UnaryOperator<Tap.Builder> damage) {
        return Arguments.of(complaint, damage);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void fromProto_oneFieldWrong_isMalformedNamingItAndNoCardNumber(String complaint, UnaryOperator<Tap.Builder> damage) {
        Tap damaged = damage.apply(TapCodec.toProto(SampleTaps.full()).toBuilder()).build();

        assertThatExceptionOfType(MalformedFrame.class).isThrownBy(() -> TapCodec.fromProto(damaged))
                .withMessageContaining(complaint)
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("3101234567"));
    }

    @Test
    void fromProto_emptyMessage_isMalformed() {
        assertThatExceptionOfType(MalformedFrame.class).isThrownBy(() -> TapCodec.fromProto(Tap.getDefaultInstance()));
    }

    @Test
    void fromProto_noTacBytes_isNoTac() {
        Tap noTac = TapCodec.toProto(SampleTaps.full()).toBuilder().clearTac().build();

        assertThat(TapCodec.fromProto(noTac).debit().tac()).isEqualTo(Tac.NONE);
    }

    @Test
    void fromProto_fieldOfALaterVersion_isPassedOver() throws InvalidProtocolBufferException {
        UnknownFieldSet later = UnknownFieldSet.newBuilder()
                .addField(1000, UnknownFieldSet.Field.newBuilder().addVarint(42).build()).build();
        byte[] message = TapCodec.toProto(SampleTaps.full()).toBuilder().setUnknownFields(later).build().toByteArray();

        assertThat(TapCodec.fromProto(Tap.parseFrom(message))).isEqualTo(SampleTaps.full());
    }

    @Test
    void key_restOfTheMessageDamaged_isReadAllTheSame() {
        Tap damaged = TapCodec.toProto(SampleTaps.full()).toBuilder().clearCardNo().setAmountFen(-1).build();

        assertThat(TapCodec.key(damaged)).isEqualTo(SampleTaps.full().key());
    }

    @Test
    void key_terminalNumberTooLong_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> TapCodec.key(Tap.newBuilder().setPsamNo(1L << 48).build()));
    }

    @ParameterizedTest
    @EnumSource(TapOutcome.class)
    void outcome_toProtoAndBack_isTheSameUnderTheSameName(TapOutcome outcome) {
        assertThat(TapCodec.fromProto(TapCodec.toProto(outcome))).isEqualTo(outcome);
        assertThat(TapCodec.toProto(outcome).name()).isEqualTo(outcome.name());
    }

    @ParameterizedTest
    @EnumSource(value = Outcome.class, names = {"OUTCOME_UNSPECIFIED", "UNRECOGNIZED"})
    void outcome_unknownToThisVersion_isMalformed(Outcome outcome) {
        assertThatExceptionOfType(MalformedFrame.class).isThrownBy(() -> TapCodec.fromProto(outcome));
    }
}
