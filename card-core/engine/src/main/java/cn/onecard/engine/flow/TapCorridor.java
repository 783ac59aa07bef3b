package cn.onecard.engine.flow;

import cn.onecard.engine.admit.Admittance;
import cn.onecard.engine.admit.MasterCache;
import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.card.Masters;
import cn.onecard.engine.key.KeysUnavailable;
import cn.onecard.engine.post.Ledger;
import cn.onecard.engine.post.Posting;
import cn.onecard.engine.post.Shard;
import cn.onecard.engine.rate.FareAudit;
import cn.onecard.engine.receive.BatchDesk;
import cn.onecard.engine.receive.ReceivedBatch;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.engine.verify.CredibleTap;
import cn.onecard.engine.verify.ForgedTap;
import cn.onecard.engine.verify.TapVerifier;
import cn.onecard.engine.verify.Verification;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.wire.proto.BatchAck;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to taps between their arrival and their acknowledgement: register, verification, fare audit, admission, journal.
 *  There is a lane for each shard of the ledger, and they do not wait for each other.
 *
 *  <p><b>Order.</b> While anything of a gateway is under way, everything of it goes through the same lane, so that the taps of a PSAM
 *  keep their order. */
public final class TapCorridor implements BatchDesk {
    /** Waiting taps that one commit takes along easily. */
    private static final int LITTLE = 256;
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
    /** The lanes of the gateways of which something is under way. */
    private final Map<String, Way> ways = new ConcurrentHashMap<>();

    /** The lane of a gateway, and how many of its batches are in it. */
    private record Way(Lane lane, int batches) {}

    private TapCorridor(MasterCache register, TapVerifier verifier, Admittance admittance, Ledger ledger, MeterRegistry registry) {
        this.register = register;
        this.verifier = verifier;
        this.admittance = admittance;
        this.ledger = ledger;
        this.verifyTime = stage("verify", registry);
        this.admitTime = stage("admit", registry);
    }

    /** Opens a corridor with a lane a shard. */
    public static TapCorridor open(MasterCache register, TapVerifier verifier, Admittance admittance, Ledger ledger, MeterRegistry registry) {
        TapCorridor corridor = new TapCorridor(register, verifier, admittance, ledger, registry);
        for (Shard shard : ledger.shards()) {
            corridor.lanes.add(Lane.open(shard, corridor::judge, registry));
        }
        return corridor;
    }

    /** Ends the lanes when they have done what they have. What cannot be committed within the time is not acknowledged. */
    public void close(Duration patience) throws InterruptedException {
        lanes.forEach(Lane::stop);
        long until = System.nanoTime() + patience.toNanos();
        for (Lane lane : lanes) {
            lane.close(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        }
    }

    @Override
    public CompletionStage<BatchAck> take(ReceivedBatch batch) {
        String gateway = batch.taps().isEmpty() ? "" : batch.taps().getFirst().arrival().gateway();
        Lane lane = enter(gateway);
        CompletableFuture<BatchAck> answer = new CompletableFuture<>();
        lane.put(new Handed(gateway, batch, answer));
        return answer.whenComplete((ack, failure) -> leave(gateway));
    }

    private Lane enter(String gateway) {
        return ways.merge(gateway, new Way(next(), 1), (way, fresh) -> new Way(way.lane(), way.batches() + 1)).lane();
    }

    private void leave(String gateway) {
        ways.computeIfPresent(gateway, (name, way) -> way.batches() == 1 ? null : new Way(way.lane(), way.batches() - 1));
    }

    /** The first lane that has little to do, or else the one that has least: a commit for many costs little more than one for few. */
    private Lane next() {
        return lanes.stream().filter(lane -> lane.taps() < LITTLE).findFirst()
                .orElseGet(() -> lanes.stream().min(Comparator.comparingInt(Lane::taps)).orElseThrow());
    }

    private static Timer stage(String name, MeterRegistry registry) {
        return Timer.builder("onecard.stage").description("time that taps spend in a stage").tag("stage", name).register(registry);
    }

    /** What is to be written for taps, one posting each, in order. */
    private List<Posting> judge(List<ReceivedTap> taps) throws InterruptedException {
        long start = System.nanoTime();
        List<Masters> masters = patiently(() -> register.masters(taps));
        long known = System.nanoTime();
        List<Verification> verified = verify(taps, masters);
        long allVerified = System.nanoTime();
        List<Posting> postings = judge(taps, masters, verified);
        verifyTime.record(allVerified - known, TimeUnit.NANOSECONDS);
        admitTime.record(System.nanoTime() - allVerified + known - start, TimeUnit.NANOSECONDS);
        return postings;
    }

    /** Asks the register or the keeper of the master keys, and waits while they are away: a tap is never refused for that. */
    private static <T> T patiently(Supplier<T> question) throws InterruptedException {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                return question.get();
            } catch (DataAccessException e) {
                LOG.warn("the register does not answer: SQL state {}", e.sqlState());
            } catch (KeysUnavailable e) {
                LOG.warn("taps wait for the master keys: {}", e.getMessage());
            }
            Thread.sleep(pauseMillis);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
    }

    /** The verifications of the framed taps, in order. */
    private List<Verification> verify(List<ReceivedTap> taps, List<Masters> masters) throws InterruptedException {
        List<Verification> verified = new ArrayList<>(taps.size());
        for (int i = 0; i < taps.size(); i++) {
            if (taps.get(i) instanceof ReceivedTap.Framed framed) {
                Optional<CardMaster> card = masters.get(i).card();
                verified.add(patiently(() -> verifier.verify(framed, card)));
            }
        }
        return verified;
    }

    private List<Posting> judge(List<ReceivedTap> taps, List<Masters> masters, List<Verification> verified) {
        BusinessDate openDate = ledger.openDate();
        Iterator<Verification> next = verified.iterator();
        List<Posting> postings = new ArrayList<>(taps.size());
        for (int i = 0; i < taps.size(); i++) {
            postings.add(switch (taps.get(i)) {
                case ReceivedTap.Malformed malformed -> Posting.of(malformed);
                case ReceivedTap.Framed _ -> judge(next.next(), masters.get(i), openDate);
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
}
