package cn.onecard.terminal.uplink;

import cn.onecard.terminal.spool.SpooledTap;
import cn.onecard.wire.MalformedFrame;
import cn.onecard.wire.TapCodec;
import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.TapAck;
import cn.onecard.wire.proto.TapBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The batches of one stream that wait for their answers, in the order of sending. Answers may come in another order; they are
 *  given out in the order of sending, so that the spool can forget from the front. For one thread. */
final class Window {
    private static final Logger LOG = LoggerFactory.getLogger(Window.class);

    private final int size;
    private final Deque<Batch> batches = new ArrayDeque<>();
    private long lastBatchNo;   // written by add

    Window(int size) {
        this.size = size;
    }

    /** A batch that was sent, and what was said of it. */
    private static final class Batch {
        private final long number;
        private final List<SpooledTap> taps;
        private Optional<List<Answer>> answers = Optional.empty();   // written once, by accept

        private Batch(long number, List<SpooledTap> taps) {
            this.number = number;
            this.taps = taps;
        }
    }

    /** A batch that is answered, as are all before it.
     *
     *  @param lastSequence sequence of its last tap in the spool
     *  @param answers one for each of its taps, in order */
    record Answered(long lastSequence, List<Answer> answers) {}

    boolean isFull() {
        return batches.size() >= size;
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    /** The next batch to send. */
    TapBatch add(List<SpooledTap> taps) {
        lastBatchNo++;
        batches.addLast(new Batch(lastBatchNo, taps));
        return TapBatch.newBuilder().setBatchNo(lastBatchNo).addAllTaps(taps.stream().map(SpooledTap::tap).toList()).build();
    }

    /** Takes an answer and gives out the batches that are now answered without a hole, oldest first.
     *
     *  @throws StreamBroken if it is no answer to what was sent */
    List<Answered> accept(BatchAck ack) throws StreamBroken {
        Optional<Batch> open = batches.stream().filter(batch -> batch.number == ack.getBatchNo()).findFirst();
        boolean repeated = open.map(batch -> batch.answers.isPresent())
                .orElse(ack.getBatchNo() > 0 && ack.getBatchNo() <= lastBatchNo);
        if (repeated) {
            LOG.atWarn().addKeyValue("batch", ack.getBatchNo()).log("the core answered a batch a second time: not counted");
            return List.of();
        }
        Batch batch = open.orElseThrow(() -> new StreamBroken("the core answered batch " + ack.getBatchNo() + ", which was never sent"));
        batch.answers = Optional.of(answers(batch, ack));
        List<Answered> done = new ArrayList<>();
        while (!batches.isEmpty() && batches.getFirst().answers.isPresent()) {
            Batch first = batches.removeFirst();
            done.add(new Answered(first.taps.getLast().sequence(), first.answers.orElseThrow()));
        }
        return done;
    }

    private static List<Answer> answers(Batch batch, BatchAck ack) throws StreamBroken {
        if (ack.getAcksCount() != batch.taps.size()) {
            throw new StreamBroken("the core answered %d taps of batch %d, which has %d"
                    .formatted(ack.getAcksCount(), batch.number, batch.taps.size()));
        }
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < batch.taps.size(); i++) {
            SpooledTap spooled = batch.taps.get(i);
            TapAck one = ack.getAcks(i);
            if (one.getPsamNo() != spooled.tap().getPsamNo() || one.getPsamSeq() != spooled.tap().getPsamSeq()) {
                throw new StreamBroken("the core answered another tap than " + TapCodec.key(spooled.tap()) + " in batch " + batch.number);
            }
            try {
                answers.add(new Answer(spooled.tap(), TapCodec.fromProto(one.getOutcome()), one.getReason()));
            } catch (MalformedFrame unknown) {
                throw new StreamBroken("the core answered " + TapCodec.key(spooled.tap()) + " with an outcome nobody knows", unknown);
            }
        }
        return answers;
    }
}
