package cn.onecard.engine.admit;

import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.card.Masters;
import cn.onecard.engine.card.PsamMaster;
import cn.onecard.engine.card.RegisterTable;
import cn.onecard.engine.card.RegisterTable.Page;
import cn.onecard.engine.card.RegisterTable.Position;
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
import java.util.function.Consumer;
import java.util.function.Function;

/** The register in memory: all cards if there is room for them, and what is in use of the rest. Thread-safe.
 *
 *  <p><b>Cards</b> are read whole when a core starts, and from then on whenever they change ({@link #catchUp()}), so a reported card counts
 *  about a second later. A card that is not there is read when a tap names it.
 *
 *  <p><b>PSAMs and fare tables</b> are read when a tap names them, and anew after a minute. What is in no register is not kept, and
 *  asked for each time. */
public final class MasterCache {
    /** Slots of 12 bytes, 201 MB; three quarters of them are used: a city of twelve million cards. */
    static final int CARD_SLOTS = 1 << 24;
    /** Different terms of cards that are kept, some 40 MB. */
    static final int MAX_TERMS = 250_000;
    /** PSAMs kept, some 20 MB. */
    static final int MAX_PSAMS = 100_000;
    /** Versions of the fare table kept. */
    static final int MAX_TARIFFS = 100;
    /** Cards read at once, when all are read or when they have changed. */
    static final int PAGE = 5_000;
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final RegisterTable register;
    private final KeptCards cards = new KeptCards(CARD_SLOTS, MAX_TERMS);
    private final Cache<TerminalId, PsamMaster> psams = kept(MAX_PSAMS);
    private final Cache<Integer, Tariff> tariffs = kept(MAX_TARIFFS);
    /** What {@link #catchUp()} has read; empty before the first time. Its thread's. */
    private Optional<Follower> follower = Optional.empty();

    /** How far the register has been read.
     *
     *  @param all how far in the order of cards, or empty if the first reading is over
     *  @param changes how far in the order of changes */
    private record Follower(Optional<Position> all, Position changes) {}

    public MasterCache(RegisterTable register) {
        this.register = register;
    }

    private static <K, V> Cache<K, V> kept(int most) {
        return Caffeine.newBuilder().maximumSize(most).expireAfterWrite(FRESH).build();
    }

    /** Cards kept. */
    public long countCards() {
        return cards.count();
    }

    /** Reads some of the cards, and later on those that have changed, at most {@value #PAGE}. For one thread.
     *
     *  @return whether there may be more to read at once
     *  @throws org.jooq.exception.DataAccessException if the database does not answer; then nothing is lost */
    public boolean catchUp() {
        Follower now = follower.orElseGet(() -> new Follower(Optional.of(Position.before(0)), Position.before(register.lastChange() + 1)));
        Page page = now.all().map(position -> register.readFollowing(position, PAGE))
                .orElseGet(() -> register.readChanges(now.changes(), register.lastChange(), PAGE));
        cards.change(page.cards());
        if (now.all().isEmpty()) {
            follower = Optional.of(new Follower(Optional.empty(), page.position()));
            return page.more();
        }
        boolean over = !page.more() || cards.isFull();
        follower = Optional.of(new Follower(over ? Optional.empty() : Optional.of(page.position()), now.changes()));
        return true;
    }

    /** What the register knows about taps, one for each, in order; {@link Masters#NONE} for what is no tap.
     *
     *  @throws org.jooq.exception.DataAccessException if the database does not answer */
    public List<Masters> masters(List<ReceivedTap> taps) {
        long changesSeen = cards.changesSeen();
        View<CardNo, CardMaster> cardView = new View<>(cards::find, read -> cards.keep(read.values(), changesSeen));
        View<TerminalId, PsamMaster> psamView = new View<>(key -> Optional.ofNullable(psams.getIfPresent(key)), psams::putAll);
        View<Integer, Tariff> tariffView = new View<>(key -> Optional.ofNullable(tariffs.getIfPresent(key)), tariffs::putAll);
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
        private final Function<K, Optional<V>> kept;
        private final Consumer<Map<K, V>> keeper;
        private final Set<K> missing = new HashSet<>();
        private final Map<K, V> read = new HashMap<>();

        View(Function<K, Optional<V>> kept, Consumer<Map<K, V>> keeper) {
            this.kept = kept;
            this.keeper = keeper;
        }

        Optional<V> find(K key) {
            Optional<V> found = kept.apply(key);
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
            keeper.accept(read);
            return true;
        }

        Optional<V> findRead(K key) {
            return Optional.ofNullable(read.get(key));
        }
    }
}
