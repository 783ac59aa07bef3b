package cn.onecard.engine.bench.crash;

import cn.onecard.engine.bench.BenchCity;
import cn.onecard.engine.bench.Gateways;
import cn.onecard.engine.bench.Waiting;
import cn.onecard.wire.proto.BatchAck;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The load of one phase: every gateway streams rough batches to one core, or the same batches to several at the same time, until
 *  it is told to finish. Judges each answer as it comes. On one event loop, but for {@link #start} and {@link #finish}. */
final class CrashLoad {
    private static final int TWICE_PERCENT = 3;
    /** Batches of a gateway that one core of several may be ahead of another; room enough to go on alone while that one starts. */
    private static final int MOST_AHEAD = 200;

    private final SentTaps sent;
    private final Tally tally;
    private final BrokenPromises broken;
    private final SplittableRandom random;
    private final List<ResumingStream> streams = new ArrayList<>();
    private volatile boolean over;      // written by finish()

    CrashLoad(SentTaps sent, Tally tally, BrokenPromises broken, SplittableRandom random) {
        this.sent = sent;
        this.tally = tally;
        this.broken = broken;
        this.random = random;
    }

    /** Begins to send.
     *
     *  @param mills one for each gateway
     *  @param nodes the cores that each batch goes to */
    void start(Vertx vertx, List<RoughMill> mills, List<Nodes.Node> nodes) {
        Context context = vertx.getOrCreateContext();
        List<Gateways> cores = nodes.stream().map(node -> new Gateways(vertx, node::address)).toList();
        for (int number = 0; number < mills.size(); number++) {
            Gateway gateway = new Gateway(mills.get(number));
            for (Gateways core : cores) {
                gateway.streams.add(new ResumingStream(vertx, context, core, BenchCity.gateway(number), gateway));
            }
            streams.addAll(gateway.streams);
        }
        streams.forEach(ResumingStream::start);
    }

    /** Makes no more batches and waits until everything is acknowledged. */
    void finish(int seconds) {
        over = true;
        streams.forEach(ResumingStream::wake);
        for (ResumingStream stream : streams) {
            Waiting.until(stream.done(), seconds);
        }
    }

    /** One gateway: what it makes goes into all its streams. */
    private final class Gateway implements ResumingStream.Feed {
        private final RoughMill mill;
        private final List<ResumingStream> streams = new ArrayList<>();

        Gateway(RoughMill mill) {
            this.mill = mill;
        }

        @Override
        public void more(ResumingStream asking) {
            if (over || streams.stream().anyMatch(stream -> stream.backlog() >= MOST_AHEAD)) {
                return;
            }
            SentBatch batch = mill.next(sent, tally);
            boolean twice = random.nextInt(100) < TWICE_PERCENT;
            for (ResumingStream stream : streams) {
                stream.offer(batch);
                if (twice) {
                    stream.offer(batch);
                }
                if (stream != asking) {
                    stream.wake();
                }
            }
        }

        @Override
        public void sent(SentBatch batch) {
            batch.taps().forEach(SentTap::sent);
            tally.sent(batch.taps().size());
        }

        @Override
        public void acknowledged(Optional<SentBatch> batch, BatchAck ack) {
            if (batch.isEmpty() || batch.get().taps().size() != ack.getAcksCount()) {
                broken.add("batch " + ack.getBatchNo() + " was acknowledged out of turn or not tap by tap");
            } else {
                for (int i = 0; i < ack.getAcksCount(); i++) {
                    batch.get().taps().get(i).complaint(ack.getAcks(i)).ifPresent(broken::add);
                }
            }
            tally.acknowledged(ack);
        }

        @Override
        public boolean isOver() {
            return over;
        }
    }
}
