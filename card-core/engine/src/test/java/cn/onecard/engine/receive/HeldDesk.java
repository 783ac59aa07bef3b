package cn.onecard.engine.receive;

import cn.onecard.wire.proto.BatchAck;
import cn.onecard.wire.proto.Outcome;
import cn.onecard.wire.proto.TapAck;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A desk that acknowledges everything: what is of a gateway that is held, not before it is released. Keeps count. */
final class HeldDesk implements BatchDesk {
    private final Set<String> heldGateways = new HashSet<>();
    private final Map<String, Deque<Held>> waiting = new HashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private final Map<String, Integer> mostWaiting = new HashMap<>();

    /** A batch without answer. */
    private record Held(ReceivedBatch batch, CompletableFuture<BatchAck> answer) {}

    synchronized HeldDesk hold(String gateway) {
        heldGateways.add(gateway);
        return this;
    }

    /** Answers what waits, and from now on everything at once. */
    synchronized void release(String gateway) {
        heldGateways.remove(gateway);
        waiting.getOrDefault(gateway, new ArrayDeque<>()).forEach(held -> held.answer().complete(ack(held.batch())));
        waiting.remove(gateway);
    }

    /** Batches that came of a gateway. */
    synchronized int taken(String gateway) {
        return taken.getOrDefault(gateway, 0);
    }

    /** The most taps of a gateway that waited at one time. */
    synchronized int mostWaiting(String gateway) {
        return mostWaiting.getOrDefault(gateway, 0);
    }

    @Override
    public synchronized CompletionStage<BatchAck> take(ReceivedBatch batch) {
        String gateway = batch.taps().getFirst().arrival().gateway();
        taken.merge(gateway, 1, Integer::sum);
        if (!heldGateways.contains(gateway)) {
            return CompletableFuture.completedFuture(ack(batch));
        }
        Held held = new Held(batch, new CompletableFuture<>());
        waiting.computeIfAbsent(gateway, none -> new ArrayDeque<>()).add(held);
        mostWaiting.merge(gateway, waiting.get(gateway).stream().mapToInt(one -> one.batch().taps().size()).sum(), Math::max);
        return held.answer();
    }

    private static BatchAck ack(ReceivedBatch batch) {
        TapAck one = TapAck.newBuilder().setPsamNo(1).setPsamSeq(1).setOutcome(Outcome.ACCEPTED).build();
        return BatchAck.newBuilder().setBatchNo(batch.batchNo()).addAllAcks(Collections.nCopies(batch.taps().size(), one)).build();
    }
}
