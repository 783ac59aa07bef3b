package cn.onecard.engine.rail.iso8583;

import static cn.onecard.engine.testing.RailsVectors.bytesOf;
import static cn.onecard.engine.testing.RailsVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames as they come off a socket: in pieces, one after the other, or broken. */
class FramesTest {
    private static final Message ECHO = Message.of(Profile.CUP_SWITCH_128, "0820").set(7, "1125120000").set(11, "000007").set(33, "00010344")
            .set(70, "301").build();

    @ParameterizedTest
    @EnumSource(Framing.class)
    void findNext_framesInPieces_comeOutWholeAndInOrder(Framing framing) {
        SplittableRandom random = new SplittableRandom(21);
        List<byte[]> sent = new ArrayList<>();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 50; i++) {
            byte[] frame = new byte[66 + random.nextInt(600)];
            random.nextBytes(frame);
            sent.add(frame);
            stream.writeBytes(framing.wrap(frame));
        }
        ByteBuffer in = ByteBuffer.wrap(stream.toByteArray());
        List<byte[]> received = new ArrayList<>();
        for (int end = 0; end <= in.capacity(); end = Math.min(in.capacity() + 1, end + 1 + random.nextInt(200))) {
            in.limit(Math.min(end, in.capacity()));
            take(framing, in, received);
        }
        in.limit(in.capacity());
        take(framing, in, received);

        assertThat(received).usingElementComparator(Arrays::compare).containsExactlyElementsOf(sent);
        assertThat(in.hasRemaining()).isFalse();
    }

    private static void take(Framing framing, ByteBuffer in, List<byte[]> received) {
        for (var frame = framing.findNext(in); frame.isPresent(); frame = framing.findNext(in)) {
            byte[] bytes = new byte[frame.get().remaining()];
            frame.get().get(bytes);
            received.add(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000", "0014", "1001", "FFFF"})
    void findNext_lengthOutOfBounds_closesTheConnection(String word) {
        assertThatThrownBy(() -> Framing.POS.findNext(ByteBuffer.wrap(bytesOf(word)))).isInstanceOfSatisfying(MalformedMessage.class, refused -> {
            assertThat(refused.field()).isEqualTo(MalformedMessage.BEFORE_MESSAGE);
            assertThat(refused.fault()).isEqualTo(Fault.FRAME_LENGTH);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0065", "00A0", "+100", " 100"})
    void findNext_lengthThatIsNone_closesTheConnection(String word) {
        ByteBuffer in = ByteBuffer.wrap(word.getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> Framing.SWITCH.findNext(in)).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void wrap_frameTooLong_isRefused() {
        assertThat(Framing.POS.wrap(new byte[4_096])).hasSize(4_098);
        assertThatThrownBy(() -> Framing.POS.wrap(new byte[4_097])).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> Framing.SWITCH.wrap(new byte[10_000])).isInstanceOf(MalformedMessage.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"61000300006031003110030800", "600003", "60000300006031A03110030800", "600003000060310A31100308000", "6000030000603100"})
    void decode_noTpduOrHeader_saysBeforeTheMessage(String hex) {
        byte[] bytes = bytesOf(hex.length() % 2 == 0 ? hex : hex.substring(1));

        assertThatThrownBy(() -> PosFrame.decode(Profile.CUP_POS_64, ByteBuffer.wrap(bytes)))
                .isInstanceOfSatisfying(MalformedMessage.class, refused -> assertThat(refused.field()).isEqualTo(MalformedMessage.BEFORE_MESSAGE));
    }

    @ParameterizedTest
    @EnumSource(ProcessingRequirement.class)
    void answering_anyRequirement_isReadBack(ProcessingRequirement requirement) {
        PosHeader header = new PosHeader("603110311003").answering(requirement);

        assertThat(header.requirement()).isEqualTo(requirement);
        assertThat(header.isTest()).isTrue();
        assertThat(header.applicationClass()).isEqualTo("60");
    }

    @Test
    void encode_switchFrame_fillsTheHeader() {
        SwitchFrame frame = SwitchFrame.of("00010344", "00010000", ECHO);
        byte[] bytes = frame.encode();

        assertThat(new String(bytes, 0, 46, StandardCharsets.ISO_8859_1))
                .isEqualTo(".\u0002" + "0095" + "00010000   " + "00010344   " + "CUP" + "\0".repeat(10) + "00000");
        assertThat(bytes).hasSize(95);
        assertThat(SwitchFrame.decode(Profile.CUP_SWITCH_128, ByteBuffer.wrap(bytes))).isEqualTo(frame);
        assertThat(frame.header().isRejected()).isFalse();
    }

    @Test
    void decode_switchFrameWithADeclaredLengthThatIsWrong_isAcceptedAndEncodedTheSame() {
        byte[] bytes = SwitchFrame.of("00010344", "00010000", ECHO).encode();
        System.arraycopy("0178".getBytes(StandardCharsets.US_ASCII), 0, bytes, 2, 4);
        System.arraycopy("00304".getBytes(StandardCharsets.US_ASCII), 0, bytes, 41, 5);
        SwitchFrame frame = SwitchFrame.decode(Profile.CUP_SWITCH_128, ByteBuffer.wrap(bytes));

        assertThat(frame.header().isRejected()).isTrue();
        assertThat(hex(frame.encode())).isEqualTo(hex(bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 41, 45})
    void decode_switchHeaderDamaged_isRefused(int at) {
        byte[] bytes = SwitchFrame.of("00010344", "00010000", ECHO).encode();
        bytes[at] = 'x';

        assertThatThrownBy(() -> SwitchFrame.decode(Profile.CUP_SWITCH_128, ByteBuffer.wrap(bytes)))
                .isInstanceOfSatisfying(MalformedMessage.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.HEADER));
    }
}
