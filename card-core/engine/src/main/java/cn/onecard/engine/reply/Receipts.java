package cn.onecard.engine.reply;

import cn.onecard.engine.post.Posted;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.wire.TapCodec;
import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.Tap;
import cn.onecard.wire.proto.TapAck;
import java.util.List;

/** Writes acknowledgements. */
public final class Receipts {
    private Receipts() {}

    /** The acknowledgement of a batch: one outcome a tap, in its order, under the key that the terminal sent. */
    public static BatchAck of(long batchNo, List<Posted> posted) {
        BatchAck.Builder ack = BatchAck.newBuilder().setBatchNo(batchNo);
        for (Posted one : posted) {
            Tap sent = one.posting().arrival().message();
            ack.addAcks(TapAck.newBuilder()
                    .setPsamNo(sent.getPsamNo()).setPsamSeq(sent.getPsamSeq())
                    .setOutcome(TapCodec.toProto(one.outcome()))
                    .setReason(one.reason().map(Refusal::code).orElse(0)));
        }
        return ack.build();
    }
}
