package cn.onecard.engine.key;

import cn.onecard.purse.FactorFormat;
import cn.onecard.purse.PurseCrypto;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The master keys by usage, version and algorithm: in memory or, where a token keeps them, by name. Immutable and thread-safe;
 *  {@link #toString()} shows no key.
 *
 *  <p><b>Versions.</b> Several versions are good at once, and the version that a card names decides which is its own. Cards are made
 *  with the current version. A version may be retired from a date on: what is dated before, it still proves. */
public final class KeyRing implements KeySource {
    /** What a ring without any version for new cards has. */
    static final int NO_VERSION = -1;
    /** The versions that a demo ring has. */
    private static final List<Integer> DEMO_VERSIONS = List.of(1, 2);

    private final boolean demo;
    private final int current;
    private final TreeMap<KeyId, MasterKey> masters;
    private final TreeMap<KeyId, LocalDate> retired;

    /** @param current version that cards are made with, or {@link #NO_VERSION}
     *  @param retired from when on keys are retired, of those that are */
    KeyRing(boolean demo, int current, Map<KeyId, MasterKey> masters, Map<KeyId, LocalDate> retired) {
        this.demo = demo;
        this.current = current;
        this.masters = new TreeMap<>(masters);
        this.retired = new TreeMap<>(retired);
    }

    /** Keys that anybody who knows the seed can make again: for demonstrations alone. */
    public static KeyRing demo(long seed) {
        Map<KeyId, MasterKey> masters = new TreeMap<>();
        for (int version : DEMO_VERSIONS) {
            for (KeyUsage usage : KeyUsage.values()) {
                for (Algorithm algorithm : Algorithm.values()) {
                    masters.put(new KeyId(usage, version, algorithm), new HeldKey(algorithm, demoMaster(seed, usage + "/" + version + "/" + algorithm)));
                }
            }
        }
        return new KeyRing(true, DEMO_VERSIONS.getFirst(), masters, Map.of());
    }

    @Override
    public KeyRing ring() {
        return this;
    }

    @Override
    public void refresh() {
        // A ring never changes, and is always there.
    }

    @Override
    public boolean isReady() {
        return true;
    }

    /** Whether these keys are for demonstrations alone. */
    public boolean isDemo() {
        return demo;
    }

    /** The version that cards are made with, or empty if none is yet. */
    public Optional<Integer> findCurrentVersion() {
        return current == NO_VERSION ? Optional.empty() : Optional.of(current);
    }

    /** The keys there are, in order of usage, version, algorithm. */
    public List<KeyId> listIds() {
        return List.copyOf(masters.keySet());
    }

    /** Whether there is a key of that usage, version and algorithm. */
    public boolean has(KeyId id) {
        return masters.containsKey(id);
    }

    /** Whether a key may be copied from here: a token gives none away. */
    public boolean canLeave(KeyId id) {
        return masters.get(id) instanceof HeldKey;
    }

    /** From when on a key is retired, or empty if it is not. */
    public Optional<LocalDate> findRetiredFrom(KeyId id) {
        return Optional.ofNullable(retired.get(id));
    }

    /** Whether any key of that usage, version and algorithm is retired, and from when. Nearly always nothing is. */
    Optional<LocalDate> findRetiredFrom(KeyUsage usage, int version, Algorithm algorithm) {
        return retired.isEmpty() ? Optional.empty() : findRetiredFrom(new KeyId(usage, version, algorithm));
    }

    /** The key check value (KCV): the first three bytes of a block of zeros under the key.
     *
     *  @throws IllegalArgumentException if there is no such key */
    public String checkValue(KeyId id) {
        return key(id).checkValue();
    }

    /** A card's key, diversified from a master, or empty if there is no such master.
     *
     *  @return 16 bytes: for the card itself, or to make its TAC key of
     *  @throws KeysUnavailable if the token that keeps the master does not answer */
    public Optional<byte[]> findCardKey(KeyId id, FactorFormat format, CardNo cardNo, long issuerId, int city) {
        MasterKey master = masters.get(id);
        return master == null ? Optional.empty() : Optional.of(master.cardKey(format, cardNo, issuerId, city));
    }

    /** A copy of a master key, 16 bytes: for the sealed file, and for the PSAMs, which hold purchase masters.
     *
     *  @throws IllegalArgumentException if there is no such key
     *  @throws KeysUnavailable if it is in a token */
    public byte[] master(KeyId id) {
        return switch (key(id)) {
            case HeldKey held -> held.bytes();
            case TokenKey kept -> throw new KeysUnavailable(kept + " does not leave its token");
        };
    }

    /** Whether this ring holds all keys of another, as their check values say. */
    boolean containsKeysOf(KeyRing other) {
        return other.masters.keySet().stream().allMatch(id -> has(id) && checkValue(id).equals(other.checkValue(id)));
    }

    MasterKey key(KeyId id) {
        MasterKey master = masters.get(id);
        if (master == null) {
            throw new IllegalArgumentException("no key " + id);
        }
        return master;
    }

    /** This ring with keys more, or others in their place. */
    KeyRing with(Map<KeyId, MasterKey> more) {
        Map<KeyId, MasterKey> all = new TreeMap<>(masters);
        all.putAll(more);
        return new KeyRing(demo, current, all, retired);
    }

    /** This ring with another version for new cards. */
    KeyRing withCurrent(int version) {
        return new KeyRing(demo, version, masters, retired);
    }

    /** This ring with keys retired. */
    public KeyRing withRetired(List<KeyId> ids, LocalDate from) {
        Map<KeyId, LocalDate> all = new TreeMap<>(retired);
        ids.forEach(id -> all.put(id, from));
        return new KeyRing(demo, current, masters, all);
    }

    @Override
    public String toString() {
        return (demo ? "demo keys " : "keys ") + masters.keySet();
    }

    /** A key that anybody who knows the seed and the label can make again. */
    static byte[] demoMaster(long seed, String label) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(("onecard demo " + seed).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Arrays.copyOf(mac.doFinal(label.getBytes(StandardCharsets.UTF_8)), PurseCrypto.KEY_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
