package cn.onecard.engine.key;

import cn.onecard.engine.cache.CardSlots;
import cn.onecard.purse.TacKey;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The TAC keys of cards, derived when first needed and kept in memory alone, one a card. Thread-safe. */
public final class CardKeys {
    /** Slots of 28 bytes, 59 MB; three quarters of them are used: a city's cards of some hours. */
    static final int SLOTS = 1 << 21;
    /** Descents kept: issuers, key versions and ciphers of a city's cards are few. */
    static final int MAX_DESCENTS = 10_000;

    private final KeySource source;
    private final KeySchemes schemes;
    private final CardSlots kept = new CardSlots(2, SLOTS);
    /** The descents of the keys that are kept, by number. No number is used twice. */
    private final Map<Descent, Integer> descents = new ConcurrentHashMap<>();
    private int lastDescent;        // under the lock of number()

    public CardKeys(KeySource source, KeySchemes schemes) {
        this.source = source;
        this.schemes = schemes;
    }

    /** What keys of many cards have in common: all of an origin but ASN8. */
    private record Descent(String scheme, Algorithm algorithm, int version, int head, long issuerId, int city) {
        static Descent of(Origin origin) {
            return new Descent(origin.scheme(), origin.algorithm(), origin.version(), origin.cardNo().head(), origin.issuerId(), origin.city());
        }

        /** Written out, as {@link #hashCode()} is: looked up for every tap. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Descent descent && version == descent.version && algorithm == descent.algorithm && head == descent.head
                    && issuerId == descent.issuerId && city == descent.city && scheme.equals(descent.scheme);
        }

        @Override
        public int hashCode() {
            return ((Long.hashCode(issuerId) * 31 + city) * 31 + head) * 31 + version;
        }
    }

    /** What a card's key is derived from.
     *
     *  @param scheme name of the key scheme
     *  @param algorithm the cipher of the card
     *  @param version key version that INIT answered
     *  @param cardNo the card
     *  @param issuerId issuer of the card
     *  @param city city of the card */
    public record Origin(String scheme, Algorithm algorithm, int version, CardNo cardNo, long issuerId, int city) {}

    /** Where the master keys come from. */
    public KeySource source() {
        return source;
    }

    /** From when on the master of a card's TAC key is retired, or empty if it is not. */
    public Optional<LocalDate> findRetiredFrom(Origin origin) {
        return source.ring().findRetiredFrom(KeyUsage.TAC, origin.version(), origin.algorithm());
    }

    /** The TAC of an input string under a card's key, or empty if there is no such master key or scheme.
     *
     *  @throws KeysUnavailable if the key has to be derived, and the keeper of the master does not answer */
    public Optional<Integer> findTac(Origin origin, byte[] input) {
        int descent = descents.getOrDefault(Descent.of(origin), 0);
        if (descent != 0) {
            long[] key = new long[2];
            if (kept.find(origin.cardNo().asn8(), key) == descent) {
                return Optional.of(TacKey.ofKept(origin.algorithm(), key[0], key[1]).tac(input));
            }
        }
        return findNew(origin).map(key -> key.tac(input));
    }

    /** Derives and keeps a key. That there is none is not kept, so that invented versions drive no card out. */
    private Optional<TacKey> findNew(Origin origin) {
        KeyId id = new KeyId(KeyUsage.TAC, origin.version(), origin.algorithm());
        Optional<TacKey> derived = schemes.findFormat(origin.scheme())
                .flatMap(format -> source.ring().findCardKey(id, format, origin.cardNo(), origin.issuerId(), origin.city()))
                .map(dtk -> TacKey.of(origin.algorithm(), dtk));
        derived.ifPresent(key -> keep(origin, key));
        return derived;
    }

    private void keep(Origin origin, TacKey key) {
        kept.put(origin.cardNo().asn8(), number(Descent.of(origin)), key.first(), key.second());
    }

    /** When there are too many, all are forgotten, and with them the keys under their numbers: somebody invents issuers. */
    private synchronized int number(Descent descent) {
        Integer known = descents.get(descent);
        if (known != null) {
            return known;
        }
        if (descents.size() == MAX_DESCENTS) {
            descents.clear();
        }
        descents.put(descent, ++lastDescent);
        return lastDescent;
    }
}
