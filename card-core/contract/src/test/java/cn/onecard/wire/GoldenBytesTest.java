package cn.onecard.wire;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.Outcome;
import cn.onecard.wire.proto.Tap;
import cn.onecard.wire.proto.TapAck;
import cn.onecard.wire.proto.TapBatch;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The bytes of version 1 as released. The files under {@code wire/} were encoded by hand from the protobuf specification
 *  and are never rewritten: terminals in the field send and read exactly these. A new version adds files of its own, and the
 *  old ones must still be read. */
class GoldenBytesTest {
    private static final int BATCH_NO = 300;

    @Test
    void tap_version1_isWrittenAndReadAsReleased() throws IOException {
        byte[] released = released("v1-tap.bin");

        assertThat(TapCodec.toProto(SampleTaps.full()).toByteArray()).isEqualTo(released);
        assertThat(TapCodec.fromProto(Tap.parseFrom(released))).isEqualTo(SampleTaps.full());
    }

    @Test
    void batch_version1_isWrittenAndReadAsReleased() throws IOException {
        byte[] released = released("v1-batch.bin");
        TapBatch batch = TapBatch.newBuilder().setBatchNo(BATCH_NO)
                .addTaps(TapCodec.toProto(SampleTaps.full())).addTaps(TapCodec.toProto(SampleTaps.least())).build();

        assertThat(batch.toByteArray()).isEqualTo(released);
        assertThat(TapBatch.parseFrom(released)).isEqualTo(batch);
        assertThat(TapBatch.parseFrom(released).getTapsList().stream().map(TapCodec::fromProto))
                .containsExactly(SampleTaps.full(), SampleTaps.least());
    }

    @Test
    void ack_version1_isWrittenAndReadAsReleased() throws IOException {
        byte[] released = released("v1-ack.bin");
        BatchAck ack = BatchAck.newBuilder().setBatchNo(BATCH_NO)
                .addAcks(ack(0x8112_1314, Outcome.ACCEPTED, 0))
                .addAcks(ack(0x8112_1315, Outcome.DUPLICATE, 0))
                .addAcks(ack(0x8112_1316, Outcome.CONFLICT, 70))
                .addAcks(ack(0x8112_1317, Outcome.SUSPECT, 52))
                .addAcks(ack(0x8112_1318, Outcome.FORGED, 21))
                .addAcks(ack(0x8112_1319, Outcome.MALFORMED, 10)).build();

        assertThat(ack.toByteArray()).isEqualTo(released);
        assertThat(BatchAck.parseFrom(released)).isEqualTo(ack);
    }

    private static TapAck ack(int psamSeq, Outcome outcome, int reason) {
        return TapAck.newBuilder().setPsamNo(0xF102_0304_0506L).setPsamSeq(psamSeq).setOutcome(outcome).setReason(reason).build();
    }

    private static byte[] released(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(GoldenBytesTest.class.getResourceAsStream("/wire/" + name), name)) {
            return in.readAllBytes();
        }
    }
}
