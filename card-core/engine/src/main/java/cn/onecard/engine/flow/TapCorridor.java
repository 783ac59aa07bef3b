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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to a batch of taps. */
public final class TapCorridor implements BatchDesk {
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(TapCorridor.class);

    private final MasterCache register;
    private final TapVerifier verifier;
    private final Admittance admittance;
    private final Ledger ledger;
    private final Timer verifyTime;
    private final Timer admitTime;

    public TapCorridor(MasterCache register, TapVerifier verifier, Admittance admittance, Ledger ledger, MeterRegistry registry) {
        this.register = register;
        this.verifier = verifier;
        this.admittance = admittance;
        this.ledger = ledger;
        this.verifyTime = stage("verify", registry);
        this.admitTime = stage("admit", registry);
    }

    private static Timer stage(String name, MeterRegistry registry) {
        return Timer.builder("onecard.stage").description("time that a batch spends in a stage").tag("stage", name).register(registry);
    }

    @Override
    public CompletionStage<BatchAck> take(ReceivedBatch batch) throws InterruptedException {
        long start = System.nanoTime();
        Masters masters = masters(batch);
        long registerRead = System.nanoTime();
        List<Verification> verified = verify(batch, masters);
        long allVerified = System.nanoTime();
        List<Posting> postings = judge(batch, verified, masters);
        verifyTime.record(allVerified - registerRead, TimeUnit.NANOSECONDS);
        admitTime.record(System.nanoTime() - allVerified + registerRead - start, TimeUnit.NANOSECONDS);
        return ledger.post(postings).thenApply(posted -> Receipts.of(batch.batchNo(), posted));
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

    /** Reads the register, and waits for it while the database is away: the stream behind is held back meanwhile. */
    private Masters masters(ReceivedBatch batch) throws InterruptedException {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                return register.masters(batch);
            } catch (DataAccessException e) {
                LOG.warn("the register does not answer: SQL state {}", e.sqlState());
                Thread.sleep(pauseMillis);
                pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            }
        }
    }
}
