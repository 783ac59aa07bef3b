package cn.onecard.engine.key;

import cn.onecard.purse.FactorFormat;
import cn.onecard.purse.PurseCrypto;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The master keys by usage, version and algorithm, 16 bytes each. Immutable; {@link #toString()} shows no key. */
public final class KeyRing {
    /** The versions that a demo ring has. */
    private static final List<Integer> DEMO_VERSIONS = List.of(1, 2);

    private final boolean demo;
    private final TreeMap<KeyId, byte[]> masters;

    KeyRing(boolean demo, Map<KeyId, byte[]> masters) {
        this.demo = demo;
        this.masters = new TreeMap<>(masters);
    }

    /** Keys that anybody who knows the seed can make again: for demonstrations alone. */
    public static KeyRing demo(long seed) {
        Map<KeyId, byte[]> masters = new TreeMap<>();
        for (int version : DEMO_VERSIONS) {
            for (KeyUsage usage : KeyUsage.values()) {
                for (Algorithm algorithm : Algorithm.values()) {
                    masters.put(new KeyId(usage, version, algorithm), demoMaster(seed, usage + "/" + version + "/" + algorithm));
                }
            }
        }
        return new KeyRing(true, masters);
    }

    /** Whether these keys are for demonstrations alone. */
    public boolean isDemo() {
        return demo;
    }

    /** The keys there are, in order of usage, version, algorithm. */
    public List<KeyId> listIds() {
        return List.copyOf(masters.keySet());
    }

    /** Whether there is a key of that usage, version and algorithm. */
    public boolean has(KeyId id) {
        return masters.containsKey(id);
    }

    /** The key check value (KCV): the first three bytes of a block of zeros under the key.
     *
     *  @throws IllegalArgumentException if there is no such key */
    public String checkValue(KeyId id) {
        byte[] zeros = new byte[id.algorithm() == Algorithm.TDES ? 8 : 16];
        byte[] block = PurseCrypto.encryptBlock(id.algorithm(), master(id), zeros);
        return HexFormat.of().withUpperCase().formatHex(block, 0, 3);
    }

    /** A card's key, diversified from a master, or empty if there is no such master.
     *
     *  @return 16 bytes: for the card itself, or to make its TAC key of */
    public Optional<byte[]> findCardKey(KeyId id, FactorFormat format, CardNo cardNo, long issuerId, int city) {
        byte[] master = masters.get(id);
        return master == null ? Optional.empty()
                : Optional.of(format.cardKey(id.algorithm(), master, cardNo, issuerId, city));
    }

    /** A copy of a master key, 16 bytes: for the sealed file, and for the PSAMs, which hold purchase masters.
     *
     *  @throws IllegalArgumentException if there is no such key */
    public byte[] master(KeyId id) {
        byte[] master = masters.get(id);
        if (master == null) {
            throw new IllegalArgumentException("no key " + id);
        }
        return master.clone();
    }

    /** Whether another ring holds the same keys. */
    public boolean sameKeysAs(KeyRing other) {
        return masters.keySet().equals(other.masters.keySet())
                && masters.keySet().stream().allMatch(id -> Arrays.equals(masters.get(id), other.masters.get(id)));
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
