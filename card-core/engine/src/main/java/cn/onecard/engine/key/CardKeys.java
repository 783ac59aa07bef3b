package cn.onecard.engine.key;

import cn.onecard.purse.FactorFormat;
import cn.onecard.purse.TacKey;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;

/** The TAC keys of cards, derived when first needed and kept in memory alone. Thread-safe. */
public final class CardKeys {
    /** TAC keys kept: a city's cards of an hour, some 70 MB. */
    static final int MAX_KEPT = 400_000;

    private final KeyRing ring;
    private final KeySchemes schemes;
    private final Cache<Origin, TacKey> kept = Caffeine.newBuilder().maximumSize(MAX_KEPT).build();

    public CardKeys(KeyRing ring, KeySchemes schemes) {
        this.ring = ring;
        this.schemes = schemes;
    }

    /** What a card's key is derived from.
     *
     *  @param scheme name of the key scheme
     *  @param algorithm the cipher of the card
     *  @param version key version that INIT answered
     *  @param cardNo the card
     *  @param issuerId issuer of the card
     *  @param city city of the card */
    public record Origin(String scheme, Algorithm algorithm, int version, CardNo cardNo, long issuerId, int city) {
        /** Written out, as {@link #hashCode()} is: looked up for every tap, where the generated ones took an eighth of a lane. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Origin origin && cardNo.asn8() == origin.cardNo.asn8() && cardNo.head() == origin.cardNo.head()
                    && version == origin.version && algorithm == origin.algorithm && issuerId == origin.issuerId && city == origin.city
                    && scheme.equals(origin.scheme);
        }

        @Override
        public int hashCode() {
            return cardNo.hashCode() * 31 + version;
        }
    }

    /** The TAC of an input string under a card's key, or empty if there is no such master key or scheme. */
    public Optional<Integer> findTac(Origin origin, byte[] input) {
        TacKey known = kept.getIfPresent(origin);
        return known == null ? findNew(origin).map(key -> key.tac(input)) : Optional.of(known.tac(input));
    }

    /** Derives and keeps a key. That there is none is not kept, so that invented versions drive no card out. */
    private Optional<TacKey> findNew(Origin origin) {
        KeyId id = new KeyId(KeyUsage.TAC, origin.version(), origin.algorithm());
        Optional<TacKey> derived = schemes.findFormat(origin.scheme())
                .flatMap(format -> ring.findCardKey(id, format, origin.cardNo(), origin.issuerId(), origin.city()))
                .map(dtk -> TacKey.of(origin.algorithm(), dtk));
        derived.ifPresent(key -> kept.put(origin, key));
        return derived;
    }
}
