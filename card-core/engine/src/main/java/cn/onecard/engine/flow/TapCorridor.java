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
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.wire.proto.BatchAck;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
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

    public TapCorridor(MasterCache register, TapVerifier verifier, Admittance admittance, Ledger ledger) {
        this.register = register;
        this.verifier = verifier;
        this.admittance = admittance;
        this.ledger = ledger;
    }

    @Override
    public CompletionStage<BatchAck> take(ReceivedBatch batch) throws InterruptedException {
        Masters masters = masters(batch);
        BusinessDate openDate = ledger.openDate();
        List<Posting> postings = new ArrayList<>(batch.taps().size());
        for (ReceivedTap tap : batch.taps()) {
            postings.add(switch (tap) {
                case ReceivedTap.Malformed malformed -> Posting.of(malformed);
                case ReceivedTap.Framed framed -> judge(framed, masters, openDate);
            });
        }
        return ledger.post(postings).thenApply(posted -> Receipts.of(batch.batchNo(), posted));
    }

    private Posting judge(ReceivedTap.Framed tap, Masters masters, BusinessDate openDate) {
        return switch (verifier.verify(tap, masters.findCard(tap.frame().card().cardNo()))) {
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
