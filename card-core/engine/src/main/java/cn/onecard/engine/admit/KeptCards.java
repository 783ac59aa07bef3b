package cn.onecard.engine.admit;

import cn.onecard.engine.cache.CardSlots;
import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.card.CardState;
import cn.onecard.engine.card.KeyProfile;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Cards packed into memory: of each its last sixteen digits, and a number for all else that the register says, which many cards
 *  have in common. Thread-safe. */
final class KeptCards {
    /** Stands for: ask the register. */
    private static final int NOT_KEPT = -1;
    private static final long[] NOTHING_BESIDE = {};

    private final CardSlots slots;
    private final Map<Terms, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<Terms> terms;        // by number, from 1
    private volatile long changesSeen;                      // written under the lock

    /** @param maxTerms different terms that are kept; cards with others are not */
    KeptCards(int slots, int maxTerms) {
        this.slots = new CardSlots(0, slots);
        this.terms = new AtomicReferenceArray<>(maxTerms + 1);
    }

    /** All that the register says of a card but its last sixteen digits. Since when a card is active nobody asks, and it would be
     *  different for each. */
    private record Terms(int head, int cardClass, CardKind kind, KeyProfile profile, CardState state, LocalDateTime stateSince,
            LocalDate validFrom, LocalDate validTo) {
        static Terms of(CardMaster card) {
            LocalDateTime since = card.state() == CardState.ACTIVE ? LocalDateTime.MIN : card.stateSince();
            return new Terms(card.cardNo().head(), card.cardClass(), card.kind(), card.profile(), card.state(), since, card.validFrom(), card.validTo());
        }

        CardMaster of(CardNo cardNo) {
            return new CardMaster(cardNo, cardClass, kind, profile, state, stateSince, validFrom, validTo);
        }
    }

    /** What is kept of a card; the moment since when an active card is active is not. */
    Optional<CardMaster> find(CardNo cardNo) {
        int number = slots.find(cardNo.asn8(), NOTHING_BESIDE);
        if (number <= 0) {
            return Optional.empty();
        }
        Terms found = terms.get(number);
        return found != null && found.head() == cardNo.head() ? Optional.of(found.of(cardNo)) : Optional.empty();
    }

    /** Stands for the changes that were heard of so far: to be asked for before cards are read. */
    long changesSeen() {
        return changesSeen;
    }

    /** Keeps cards that were read, unless changes were heard of meanwhile: what was read may be what was before them.
     *
     *  @param seen {@link #changesSeen()} before they were read */
    synchronized void keep(Collection<CardMaster> read, long seen) {
        if (seen == changesSeen) {
            read.forEach(this::keep);
        }
    }

    /** Takes over cards as they are now. */
    synchronized void change(Collection<CardMaster> changed) {
        if (!changed.isEmpty()) {
            changesSeen++;
            changed.forEach(this::keep);
        }
    }

    long count() {
        return slots.count();
    }

    boolean isFull() {
        return slots.isFull();
    }

    private void keep(CardMaster card) {
        slots.put(card.cardNo().asn8(), number(Terms.of(card)), NOTHING_BESIDE);
    }

    /** Under the lock. */
    private int number(Terms wanted) {
        Integer known = numbers.get(wanted);
        if (known != null) {
            return known;
        }
        int next = numbers.size() + 1;
        if (next == terms.length()) {
            return NOT_KEPT;
        }
        terms.set(next, wanted);
        numbers.put(wanted, next);
        return next;
    }
}
