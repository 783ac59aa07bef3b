package cn.onecard.engine.admit;

import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.card.Masters;
import cn.onecard.engine.card.PsamMaster;
import cn.onecard.engine.card.RegisterTable;
import cn.onecard.engine.receive.ReceivedBatch;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.fare.Tariff;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.TapFrame;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The part of the register that is in use, in memory. What a batch needs and is not there is read in one query a table.
 *  Every entry is read anew after a minute, so a reported card or a new PSAM counts within that time; what is in no register
 *  is not kept, and asked for each time. Thread-safe. */
public final class MasterCache {
    /** Cards kept: a large city's cards of a rush hour, some 250 MB. */
    static final int MAX_CARDS = 1_000_000;
    /** PSAMs kept. */
    static final int MAX_PSAMS = 100_000;
    /** Versions of the fare table kept. */
    static final int MAX_TARIFFS = 100;
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final RegisterTable register;
    private final Cache<CardNo, CardMaster> cards = Caffeine.newBuilder().maximumSize(MAX_CARDS).expireAfterWrite(FRESH).build();
    private final Cache<TerminalId, PsamMaster> psams = Caffeine.newBuilder().maximumSize(MAX_PSAMS).expireAfterWrite(FRESH).build();
    private final Cache<Integer, Tariff> tariffs = Caffeine.newBuilder().maximumSize(MAX_TARIFFS).expireAfterWrite(FRESH).build();

    public MasterCache(RegisterTable register) {
        this.register = register;
    }

    /** What batches need of the register.
     *
     *  @throws org.jooq.exception.DataAccessException if the database does not answer */
    public Masters masters(Collection<ReceivedBatch> batches) {
        Set<CardNo> cardNos = new HashSet<>();
        Set<TerminalId> terminals = new HashSet<>();
        Set<Integer> versions = new HashSet<>();
        for (ReceivedBatch batch : batches) {
            for (ReceivedTap tap : batch.taps()) {
                if (tap instanceof ReceivedTap.Framed framed) {
                    TapFrame frame = framed.frame();
                    cardNos.add(frame.card().cardNo());
                    terminals.add(frame.key().terminal());
                    versions.add(frame.ride().tariffVersion());
                }
            }
        }
        return new Masters(cards.getAll(cardNos, register::readCards), psams.getAll(terminals, register::readPsams),
                tariffs.getAll(versions, register::readTariffs));
    }
}
