package cn.onecard.engine.rail.iso8583;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import cn.onecard.engine.testing.RailsVectors;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** decode(encode(m)) = m, and encode(decode(b)) = b for every b that is accepted: for messages of every field and, a million
 *  times, for bytes that are no message, or one that was damaged. */
class RoundTripTest {
    private static final int MESSAGES = 4_000;
    private static final int FRAMES = 600_000;

    static Stream<Arguments> profilesAndSeeds() {
        return Stream.of(Profile.CUP_POS_64, Profile.CUP_SWITCH_128)
                .flatMap(profile -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(profile, seed)));
    }

    static Stream<Profile> profiles() {
        return Stream.of(Profile.CUP_POS_64, Profile.CUP_SWITCH_128);
    }

    @ParameterizedTest
    @MethodSource("profilesAndSeeds")
    void decode_anyMessageEncoded_isTheMessage(Profile profile, long seed) {
        RandomMessages messages = new RandomMessages(profile, new SplittableRandom(seed));
        for (int i = 0; i < MESSAGES; i++) {
            Message message = messages.next(64);
            assertThat(profile.decode(ByteBuffer.wrap(message.encode()))).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @MethodSource("profilesAndSeeds")
    void toString_anyMessage_showsNoSensitiveDigits(Profile profile, long seed) {
        RandomMessages messages = new RandomMessages(profile, new SplittableRandom(seed));
        for (int i = 0; i < MESSAGES; i++) {
            Message message = messages.next(64);
            String shown = message.toString();
            for (int secret : new int[] {2, 35, 36, 45, 52, 55, 62, 63}) {
                message.findBytes(secret).map(content -> new String(content, Message.GBK)).filter(content -> content.length() > 10)
                        .ifPresent(content -> assertThat(shown).as("field %d", secret).doesNotContain(content));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void decode_everyTruncation_isRefused(Profile profile) {
        RandomMessages messages = new RandomMessages(profile, new SplittableRandom(4));
        for (int i = 0; i < 50; i++) {
            byte[] whole = messages.next(30).encode();
            for (int length = 0; length < whole.length; length++) {
                ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
                assertThat(refusal(profile, cut)).as("%d of %d bytes", length, whole.length).isEqualTo(Fault.TRUNCATED);
            }
        }
    }

    /** Together with its twin for the other dialect more than a million frames, in a few seconds. */
    @ParameterizedTest
    @MethodSource("profiles")
    void decode_randomAndDamagedFrames_areRefusedOrEncodedTheSame(Profile profile) {
        SplittableRandom random = new SplittableRandom(8583);
        RandomMessages messages = new RandomMessages(profile, random);
        Tally tally = new Tally(profile);
        byte[] sound = messages.next(12).encode();
        for (int i = 0; i < FRAMES; i++) {
            if (i % 100 == 0) {
                sound = messages.next(12).encode();
            }
            tally.count(i % 4 == 0 ? noise(random, profile) : damaged(random, sound));
        }

        assertThat(tally.accepted).isGreaterThan(FRAMES / 20);
        assertThat(tally.refused).isGreaterThan(FRAMES / 4);
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void decode_everyByteOfAMessageReplaced_isRefusedOrEncodedTheSame(Profile profile) {
        Tally tally = new Tally(profile);
        byte[] sound = new RandomMessages(profile, new SplittableRandom(5)).next(8).encode();
        for (int at = 0; at < sound.length; at++) {
            byte[] changed = sound.clone();
            for (int value = 0; value < 256; value++) {
                changed[at] = (byte) value;
                tally.count(changed);
            }
        }

        assertThat(tally.accepted + tally.refused).isEqualTo(256 * sound.length);
    }

    /** What became of frames. */
    private static final class Tally {
        private final Profile profile;
        private int accepted;
        private int refused;

        private Tally(Profile profile) {
            this.profile = profile;
        }

        private void count(byte[] bytes) {
            Message message;
            try {
                message = profile.decode(ByteBuffer.wrap(bytes));
            } catch (MalformedMessage malformed) {
                refused++;
                return;
            }
            accepted++;
            if (!Arrays.equals(message.encode(), bytes)) {
                throw new AssertionError("encoded otherwise: " + RailsVectors.hex(bytes));
            }
        }
    }

    /** Bytes with the type and bitmap of a message, so that not all end there, and noise behind. */
    private static byte[] noise(SplittableRandom random, Profile profile) {
        byte[] bytes = new byte[random.nextInt(120)];
        random.nextBytes(bytes);
        byte[] type = profile.dialect() == Dialect.POS ? new byte[] {2, 0} : new byte[] {'0', '2', '0', '0'};
        if (bytes.length > 24 && random.nextInt(8) > 0) {
            System.arraycopy(type, 0, bytes, 0, type.length);
            for (int i = 0; i < profile.dialect().bitmapBytes(); i++) {
                bytes[type.length + i] = (byte) (random.nextInt(4) == 0 ? 1 << random.nextInt(8) : 0);
            }
            bytes[type.length] = (byte) (profile.dialect() == Dialect.POS ? bytes[type.length] & 0x7F : bytes[type.length] | 0x80);
        }
        return bytes;
    }

    /** A message with a few bytes changed, taken out, put in, or the rest cut off. */
    private static byte[] damaged(SplittableRandom random, byte[] sound) {
        byte[] bytes = sound.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(3));
                case 2 -> bytes[at] = (byte) random.nextInt(256);
                case 3 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 4 -> System.arraycopy(bytes, at, bytes, Math.max(0, at - 1), bytes.length - at);
                default -> bytes[at] = (byte) ('0' + random.nextInt(10));
            }
        }
        return bytes;
    }

    @Test
    void decode_bufferWithMoreAroundIt_readsItsOwnPartAlone() {
        byte[] message = WorkedFramesTest.sale().encode();
        ByteBuffer around = ByteBuffer.allocateDirect(message.length + 20).position(7).put(message).flip().position(7);

        assertThat(Profile.CUP_POS_64.decode(around)).isEqualTo(WorkedFramesTest.sale());
        assertThat(around.position()).isEqualTo(7);
        assertThatCode(() -> Profile.CUP_POS_64.decode(around.asReadOnlyBuffer())).doesNotThrowAnyException();
    }

    private static Fault refusal(Profile profile, ByteBuffer bytes) {
        try {
            profile.decode(bytes);
        } catch (MalformedMessage malformed) {
            return malformed.fault();
        }
        throw new AssertionError("accepted");
    }
}
