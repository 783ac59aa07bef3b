package cn.onecard.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.onecard.vocabulary.CardCounter;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.Tac;
import cn.onecard.wire.proto.Tap;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The canonical form at the offsets its class comment draws, the digest over it, and the ranges of every part. */
class TapFrameTest {
    private static final int CANONICAL_BITS = 83 * 8;

    static IntStream seeds() {
        return IntStream.rangeClosed(1, 10);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # field,         offset, bytes
          terminal,      0,      F10203040506
          psamSeq,       6,      81121314
          cardNo,        10,     31012345678901234567
          class,         20,     C1
          kind,          21,     03
          issuer,        22,     01020304FFFFFFFE
          city,          30,     2902
          keyVer,        32,     B1
          alg,           33,     A1
          type,          34,     09
          amount,        35,     000000C2
          counter,       39,     FFFE
          balance,       41,     F0000001
          time,          45,     20250102030405
          tac,           52,     8AF270DC
          flags,         56,     03
          party,         57,     11223344
          service,       61,     02
          line,          62,     0A0B0C0D
          station,       66,     1A1B1C1D
          rideKind,      70,     03
          fullFare,      71,     E1E2E3E4
          tariff,        75,     2A2B2C2D
          serial,        79,     D1D2D3D4
        """)
    void canonical_field_liesWhereTheDrawingSays(String field, int offset, String bytes) {
        byte[] canonical = SampleTaps.full().canonical();

        String found = HexFormat.of().withUpperCase().formatHex(canonical, offset, offset + bytes.length() / 2);

        assertThat(found).as(field).isEqualTo(bytes);
        assertThat(canonical).hasSize(83);
    }

    @ParameterizedTest
    @CsvSource({"false,false,0", "true,false,1", "false,true,2", "true,true,3"})
    void canonical_flags_areBitZeroGreyBitOneMac2Failed(boolean grey, boolean mac2Failed, int flags) {
        TapFrame full = SampleTaps.full();
        Debit debit = new Debit(6, Money.ZERO, new CardCounter(0), Money.ZERO, new EventTime(0), Tac.NONE, grey, mac2Failed);

        assertThat(new TapFrame(full.key(), full.card(), debit, full.ride(), 0).canonical()[56]).isEqualTo((byte) flags);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void canonical_randomFrames_differWhereverTheFramesDo(int seed) {
        Random random = new Random(seed);
        Set<TapFrame> frames = new HashSet<>();
        Set<String> forms = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            TapFrame frame = SampleTaps.random(random);
            frames.add(frame);
            forms.add(HexFormat.of().formatHex(frame.canonical()));
        }
        assertThat(forms).hasSameSizeAs(frames);
    }

    /** Every bit of the protobuf message that changes the frame changes the digest too: nothing is left out of it. */
    @Test
    void digest_oneBitOfTheMessageFlipped_differsUnlessTheFrameIsTheSame() throws InvalidProtocolBufferException {
        TapFrame original = SampleTaps.full();
        byte[] message = TapCodec.toProto(original).toByteArray();
        int changed = 0;
        for (int bit = 0; bit < message.length * 8; bit++) {
            byte[] flipped = message.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            TapFrame frame;
            try {
                frame = TapCodec.fromProto(Tap.parseFrom(flipped));
            } catch (InvalidProtocolBufferException | MalformedFrame notAFrame) {
                continue;
            }
            if (!frame.equals(original)) {
                changed++;
                assertThat(frame.digest()).as("bit %d", bit).isNotEqualTo(original.digest());
            }
        }
        assertThat(changed).isGreaterThan(CANONICAL_BITS / 2);
    }

    @Test
    void digest_frame_isTheFirst16BytesOfItsSha256() throws NoSuchAlgorithmException {
        TapFrame frame = SampleTaps.full();

        assertThat(frame.digest()).hasSize(TapFrame.DIGEST_BYTES)
                .isEqualTo(Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(frame.canonical()), 16));
    }

    @Test
    void toString_frame_showsNoCardNumber() {
        assertThat(SampleTaps.full().toString()).doesNotContain("31012345678901234567").contains("310123**********4567");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x1_0000_0000L})
    void make_serialBeyondFourBytes_isMalformed(long serial) {
        TapFrame full = SampleTaps.full();

        malformed("terminal_serial", () -> new TapFrame(full.key(), full.card(), full.debit(), full.ride(), serial));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void make_byteFieldOutOfRange_isMalformedNamingTheField(int value) {
        CardNo card = new CardNo(0, 0);
        CardCounter counter = new CardCounter(0);
        EventTime time = new EventTime(0);
        PartyId party = new PartyId(1);

        malformed("card_class", () -> new CardFace(card, value, 0, 0, 0, 0, 0));
        malformed("card_kind", () -> new CardFace(card, 0, value, 0, 0, 0, 0));
        malformed("key_version", () -> new CardFace(card, 0, 0, 0, 0, value, 0));
        malformed("algorithm", () -> new CardFace(card, 0, 0, 0, 0, 0, value));
        malformed("txn_type", () -> new Debit(value, Money.ZERO, counter, Money.ZERO, time, Tac.NONE, false, false));
        malformed("service_code", () -> new Ride(party, value, 0, 0, 0, Money.ZERO, 0));
        malformed("ride_kind", () -> new Ride(party, 0, 0, 0, value, Money.ZERO, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x1_0000_0000L, Long.MIN_VALUE})
    void make_amountOutOfRange_isMalformedNamingTheField(long fen) {
        Money money = Money.ofFen(fen);
        CardCounter counter = new CardCounter(0);
        EventTime time = new EventTime(0);

        malformed("amount_fen", () -> new Debit(6, money, counter, Money.ZERO, time, Tac.NONE, false, false));
        malformed("balance_before_fen", () -> new Debit(6, Money.ZERO, counter, money, time, Tac.NONE, false, false));
        malformed("full_fare_fen", () -> new Ride(new PartyId(1), 0, 0, 0, 0, money, 0));
    }

    @Test
    void make_otherFieldOutOfRange_isMalformedNamingTheField() {
        CardNo card = new CardNo(0, 0);
        PartyId party = new PartyId(1);

        malformed("city", () -> new CardFace(card, 0, 0, 0, 0x10000, 0, 0));
        malformed("city", () -> new CardFace(card, 0, 0, 0, -1, 0, 0));
        malformed("line_no", () -> new Ride(party, 0, -1, 0, 0, Money.ZERO, 0));
        malformed("station_no", () -> new Ride(party, 0, 0, -1, 0, Money.ZERO, 0));
        malformed("tariff_version", () -> new Ride(party, 0, 0, 0, 0, Money.ZERO, -1));
    }

    private static void malformed(String field, Runnable make) {
        assertThatExceptionOfType(MalformedFrame.class).isThrownBy(make::run).withMessageStartingWith(field + " ");
    }
}
