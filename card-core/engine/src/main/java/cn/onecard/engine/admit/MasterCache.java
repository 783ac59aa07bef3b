package cn.onecard.engine.admit;

import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.card.Masters;
import cn.onecard.engine.card.PsamMaster;
import cn.onecard.engine.card.RegisterTable;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.fare.Tariff;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.TerminalId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The part of the register that is in use, in memory. What taps need and is not there is read in one query a table.
 *  Every entry is read anew after a minute, so a reported card or a new PSAM counts within that time; what is in no register
 *  is not kept, and asked for each time. Thread-safe. */
public final class MasterCache {
    /** Cards kept: those of a minute at 3,000 taps a second, some 60 MB. */
    static final int MAX_CARDS = 200_000;
    /** PSAMs kept, some 20 MB. */
    static final int MAX_PSAMS = 100_000;
    /** Versions of the fare table kept. */
    static final int MAX_TARIFFS = 100;
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final RegisterTable register;
    private final Cache<CardNo, CardMaster> cards = kept(MAX_CARDS);
    private final Cache<TerminalId, PsamMaster> psams = kept(MAX_PSAMS);
    private final Cache<Integer, Tariff> tariffs = kept(MAX_TARIFFS);

    public MasterCache(RegisterTable register) {
        this.register = register;
    }

    private static <K, V> Cache<K, V> kept(int most) {
        return Caffeine.newBuilder().maximumSize(most).expireAfterWrite(FRESH).build();
    }

    /** What the register knows about taps, one for each, in order; {@link Masters#NONE} for what is no tap.
     *
     *  @throws org.jooq.exception.DataAccessException if the database does not answer */
    public List<Masters> masters(List<ReceivedTap> taps) {
        View<CardNo, CardMaster> cardView = new View<>(cards);
        View<TerminalId, PsamMaster> psamView = new View<>(psams);
        View<Integer, Tariff> tariffView = new View<>(tariffs);
        List<Masters> masters = new ArrayList<>(taps.size());
        for (ReceivedTap tap : taps) {
            masters.add(tap instanceof ReceivedTap.Framed framed ? new Masters(cardView.find(framed.frame().card().cardNo()),
                    psamView.find(framed.key().terminal()), tariffView.find(framed.frame().ride().tariffVersion())) : Masters.NONE);
        }
        boolean cardsRead = cardView.read(register::readCards);
        boolean psamsRead = psamView.read(register::readPsams);
        boolean tariffsRead = tariffView.read(register::readTariffs);
        if (cardsRead || psamsRead || tariffsRead) {
            for (int i = 0; i < taps.size(); i++) {
                if (taps.get(i) instanceof ReceivedTap.Framed framed) {
                    Masters seen = masters.get(i);
                    masters.set(i, new Masters(seen.card().or(() -> cardView.findRead(framed.frame().card().cardNo())),
                            seen.psam().or(() -> psamView.findRead(framed.key().terminal())),
                            seen.tariff().or(() -> tariffView.findRead(framed.frame().ride().tariffVersion()))));
                }
            }
        }
        return masters;
    }

    /** A cache as some taps see it, and what they miss in it. */
    private static final class View<K, V> {
        private final Cache<K, V> kept;
        private final Set<K> missing = new HashSet<>();
        private final Map<K, V> read = new HashMap<>();

        View(Cache<K, V> kept) {
            this.kept = kept;
        }

        Optional<V> find(K key) {
            Optional<V> found = Optional.ofNullable(kept.getIfPresent(key));
            if (found.isEmpty()) {
                missing.add(key);
            }
            return found;
        }

        /** Reads what is missing.
         *
         *  @return false if nothing was */
        boolean read(Function<Collection<K>, Map<K, V>> reader) {
            if (missing.isEmpty()) {
                return false;
            }
            read.putAll(reader.apply(missing));
            kept.putAll(read);
            return true;
        }

        Optional<V> findRead(K key) {
            return Optional.ofNullable(read.get(key));
        }
    }
}
