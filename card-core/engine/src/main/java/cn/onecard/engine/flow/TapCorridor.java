package cn.onecard.engine.flow;

import cn.onecard.engine.admit.Admittance;
import cn.onecard.engine.admit.MasterCache;
import cn.onecard.engine.card.Masters;
import cn.onecard.engine.post.Ledger;
import cn.onecard.engine.post.Posting;
import cn.onecard.engine.rate.FareAudit;
import cn.onecard.engine.receive.BatchDesk;
import cn.onecard.engine.receive.ReceivedBatch;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.engine.reply.Receipts;
import cn.onecard.engine.verify.CredibleTap;
import cn.onecard.engine.verify.ForgedTap;
import cn.onecard.engine.verify.TapVerifier;
import cn.onecard.engine.verify.Verification;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.wire.proto.BatchAck;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to a batch of taps.
 *
 *  <p><b>Lanes.</b> Each lane has a thread and a bounded queue. It takes what has come, reads the register for all of it at once,
 *  and judges batch after batch; what comes meanwhile is next. So a single tap goes at once when little is going on, and shares its
 *  reading with others when much is. All batches of a gateway go through one lane, so that the taps of a PSAM keep their order.
 *  Where a lane waits, for the register or for a writer, its queue fills and holds the streams back. */
public final class TapCorridor implements BatchDesk {
    /** Taps that wait for a lane; a stream with more has to wait. The limit of taps a batch is below it. */
    static final int QUEUE_CAPACITY = 16_384;
    private static final int LANES = 2;
    /** Taps after which a lane takes no more batches at once. */
    private static final int TAPS_AT_ONCE = 1_024;
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(TapCorridor.class);

    private final MasterCache register;
    private final TapVerifier verifier;
    private final Admittance admittance;
    private final Ledger ledger;
    private final Timer verifyTime;
    private final Timer admitTime;
    private final List<Lane> lanes = new ArrayList<>();

    private TapCorridor(MasterCache register, TapVerifier verifier, Admittance admittance, Ledger ledger, MeterRegistry registry) {
        this.register = register;
        this.verifier = verifier;
        this.admittance = admittance;
        this.ledger = ledger;
        this.verifyTime = stage("verify", registry);
        this.admitTime = stage("admit", registry);
    }

    /** Opens a corridor. */
    public static TapCorridor open(MasterCache register, TapVerifier verifier, Admittance admittance, Ledger ledger, MeterRegistry registry) {
        TapCorridor corridor = new TapCorridor(register, verifier, admittance, ledger, registry);
        for (int i = 1; i <= LANES; i++) {
            corridor.lanes.add(corridor.new Lane("lane-" + i));
        }
        return corridor;
    }

    /** Ends the lanes. What is still in them is not acknowledged. */
    public void close() throws InterruptedException {
        for (Lane lane : lanes) {
            lane.close();
        }
    }

    @Override
    public CompletionStage<BatchAck> take(ReceivedBatch batch) throws InterruptedException {
        Handed handed = new Handed(batch, new CompletableFuture<>());
        String gateway = batch.taps().isEmpty() ? "" : batch.taps().getFirst().arrival().gateway();
        lanes.get(Math.floorMod(gateway.hashCode(), LANES)).put(handed);
        return handed.answer();
    }

    /** A batch on its way through the corridor. */
    private record Handed(ReceivedBatch batch, CompletableFuture<BatchAck> answer) {
        /** Room that it takes in a queue: its taps, and an empty batch takes some too. */
        int weight() {
            return Math.max(1, batch.taps().size());
        }
    }

    /** One lane: a thread that works for all gateways that are given to it. */
    private final class Lane implements Runnable {
        private final Semaphore room = new Semaphore(QUEUE_CAPACITY, true);
        private final BlockingQueue<Handed> queue = new LinkedBlockingQueue<>();       // bounded by the room
        private final Thread thread;

        Lane(String name) {
            thread = Thread.ofPlatform().daemon().name(name).start(this);
        }

        /** Waits for room if there is none. */
        void put(Handed handed) throws InterruptedException {
            room.acquire(handed.weight());
            queue.add(handed);
        }

        void close() throws InterruptedException {
            thread.interrupt();
            thread.join();
        }

        @Override
        public void run() {
            List<Handed> some = new ArrayList<>();
            try {
                while (true) {
                    Handed next = queue.take();
                    int taps = 0;
                    while (next != null) {
                        some.add(next);
                        taps += next.weight();
                        next = taps < TAPS_AT_ONCE ? queue.poll() : null;
                    }
                    room.release(taps);
                    walk(some);
                    some.clear();
                }
            } catch (InterruptedException e) {
                queue.drainTo(some);
                some.forEach(handed -> handed.answer().completeExceptionally(e));
            }
        }
    }

    /** Takes batches to the journal. A defect fails these batches and no others. */
    private void walk(List<Handed> some) throws InterruptedException {
        try {
            long start = System.nanoTime();
            Masters masters = masters(some.stream().map(Handed::batch).toList());
            admitTime.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            for (Handed handed : some) {
                ledger.post(judge(handed.batch(), masters)).thenApply(posted -> Receipts.of(handed.batch().batchNo(), posted))
                        .whenComplete((ack, failure) -> {
                            if (failure == null) {
                                handed.answer().complete(ack);
                            } else {
                                handed.answer().completeExceptionally(failure);
                            }
                        });
            }
        } catch (RuntimeException defect) {
            LOG.error("{} batches met a defect; they are not acknowledged", some.size(), defect);
            some.forEach(handed -> handed.answer().completeExceptionally(defect));
        }
    }

    private List<Posting> judge(ReceivedBatch batch, Masters masters) {
        long start = System.nanoTime();
        List<Verification> verified = verify(batch, masters);
        long allVerified = System.nanoTime();
        List<Posting> postings = judge(batch, verified, masters);
        verifyTime.record(allVerified - start, TimeUnit.NANOSECONDS);
        admitTime.record(System.nanoTime() - allVerified, TimeUnit.NANOSECONDS);
        return postings;
    }

    private static Timer stage(String name, MeterRegistry registry) {
        return Timer.builder("onecard.stage").description("time that a batch spends in a stage").tag("stage", name).register(registry);
    }

    /** The verifications of the framed taps, in order. */
    private List<Verification> verify(ReceivedBatch batch, Masters masters) {
        List<Verification> verified = new ArrayList<>(batch.taps().size());
        for (ReceivedTap tap : batch.taps()) {
            if (tap instanceof ReceivedTap.Framed framed) {
                verified.add(verifier.verify(framed, masters.findCard(framed.frame().card().cardNo())));
            }
        }
        return verified;
    }

    private List<Posting> judge(ReceivedBatch batch, List<Verification> verified, Masters masters) {
        BusinessDate openDate = ledger.openDate();
        Iterator<Verification> next = verified.iterator();
        List<Posting> postings = new ArrayList<>(batch.taps().size());
        for (ReceivedTap tap : batch.taps()) {
            postings.add(switch (tap) {
                case ReceivedTap.Malformed malformed -> Posting.of(malformed);
                case ReceivedTap.Framed _ -> judge(next.next(), masters, openDate);
            });
        }
        return postings;
    }

    private Posting judge(Verification verification, Masters masters, BusinessDate openDate) {
        return switch (verification) {
            case ForgedTap forged -> Posting.of(forged);
            case CredibleTap credible -> Posting.of(admittance.decide(FareAudit.rate(credible, masters), masters, openDate), masters);
        };
    }

    /** Reads the register, and waits for it while the database is away: the streams behind are held back meanwhile. */
    private Masters masters(List<ReceivedBatch> batches) throws InterruptedException {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                return register.masters(batches);
            } catch (DataAccessException e) {
                LOG.warn("the register does not answer: SQL state {}", e.sqlState());
                Thread.sleep(pauseMillis);
                pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            }
        }
    }
}
