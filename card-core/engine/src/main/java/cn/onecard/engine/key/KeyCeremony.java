package cn.onecard.engine.key;

import cn.onecard.purse.PurseCrypto;
import cn.onecard.vocabulary.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** Makes a master key of components (密钥分量), which people bring one after the other, each alone and by a call of its own. The key is
 *  their XOR; none of them knows it. Between the calls the components lie sealed, like the keys.
 *
 *  <p><b>Two people.</b> There are two components or more, and nobody brings two of one key.
 *
 *  <p><b>Parity.</b> A component of triple DES has odd parity in each byte: what was mistyped mostly has not. An even number of those
 *  makes a key of even parity, which is set to odd; no cipher looks at it, and the check value is the same.
 *
 *  <pre>
 *  ceremony.sealed    ONECARD-CEREMONY 1 seal=.. nonce=..
 *                     usage,version,algorithm,components,holder,(32 hex)    one line a component
 *  </pre> */
public final class KeyCeremony {
    private static final String TITLE = "ONECARD-CEREMONY 1";
    private static final Pattern HOLDER = Pattern.compile("[A-Za-z0-9._-]{1,40}");
    private static final int MAX_COMPONENTS = 9;
    private static final HexFormat HEX = HexFormat.of();

    private final KeyKeeper keeper;

    /** A ceremony for the keys of a keeper. */
    public KeyCeremony(KeyKeeper keeper) {
        this.keeper = keeper;
    }

    /** What is made.
     *
     *  @param id of the key
     *  @param components of how many */
    public record Plan(KeyId id, int components) {
        public Plan {
            if (components < 2 || components > MAX_COMPONENTS) {
                throw new IllegalArgumentException("a key has 2 to " + MAX_COMPONENTS + " components, not " + components);
            }
        }
    }

    /** What came of a component.
     *
     *  @param number of the component, from 1
     *  @param checkValue of the component
     *  @param keyCheckValue of the key, if this was the last */
    public record Brought(int number, String checkValue, Optional<String> keyCheckValue) {}

    /** A component as it lies sealed. */
    private static final class Component {
        private final Plan plan;
        private final String holder;
        private final byte[] bytes;

        Component(Plan plan, String holder, byte[] bytes) {
            this.plan = plan;
            this.holder = holder;
            this.bytes = bytes;
        }

        static Component parse(String line) {
            String[] f = line.split(",", -1);
            KeyId id = new KeyId(KeyUsage.valueOf(f[0]), Integer.parseInt(f[1]), Algorithm.valueOf(f[2]));
            return new Component(new Plan(id, Integer.parseInt(f[3])), f[4], HEX.parseHex(f[5]));
        }

        String line() {
            KeyId id = plan.id();
            return id.usage() + "," + id.version() + "," + id.algorithm() + "," + plan.components() + "," + holder + "," + HEX.formatHex(bytes) + "\n";
        }
    }

    /** A component made at random, 16 bytes, of odd parity for triple DES. */
    public static byte[] generate(Algorithm algorithm) {
        byte[] component = new byte[PurseCrypto.KEY_BYTES];
        new SecureRandom().nextBytes(component);
        return algorithm == Algorithm.TDES ? withOddParity(component) : component;
    }

    /** The check value of a component. */
    public static String checkValue(Algorithm algorithm, byte[] component) {
        requireLength(component);
        return MasterKey.checkValue(algorithm, component);
    }

    /** Brings a component, and with the last one the key.
     *
     *  @param holder who brings it: letters, digits and {@code . _ -}, at most 40
     *  @param component 16 bytes
     *  @throws KeysUnavailable if it cannot be one, this holder has brought one before, or the key exists */
    public Brought bring(Plan plan, String holder, byte[] component) throws IOException {
        requireComponent(plan, holder, component);
        AtomicReference<Brought> brought = new AtomicReference<>();
        keeper.change(ring -> {
            KeyKeeper.requireFree(ring, plan.id());
            List<Component> all = pending();
            List<Component> own = new ArrayList<>(all.stream().filter(one -> one.plan.id().equals(plan.id())).toList());
            requireFits(plan, holder, own);
            Component fresh = new Component(plan, holder, component.clone());
            own.add(fresh);
            all.add(fresh);
            String checkValue = MasterKey.checkValue(plan.id().algorithm(), component);
            if (own.size() < plan.components()) {
                write(all);
                brought.set(new Brought(own.size(), checkValue, Optional.empty()));
                return ring;
            }
            MasterKey made = keeper.keep(ring.isDemo(), plan.id(), combined(plan, own));
            brought.set(new Brought(own.size(), checkValue, Optional.of(made.checkValue())));
            return ring.with(Map.of(plan.id(), made));
        });
        if (brought.get().keyCheckValue().isPresent()) {
            abandon(plan.id());
        }
        return brought.get();
    }

    /** Forgets the components that were brought for a key.
     *
     *  @return how many there were */
    public int abandon(KeyId id) throws IOException {
        AtomicReference<Integer> count = new AtomicReference<>(0);
        keeper.change(ring -> {
            List<Component> all = pending();
            int before = all.size();
            all.removeIf(one -> one.plan.id().equals(id));
            count.set(before - all.size());
            if (count.get() > 0) {
                write(all);
            }
            return ring;
        });
        return count.get();
    }

    private static void requireComponent(Plan plan, String holder, byte[] component) {
        if (!HOLDER.matcher(holder).matches()) {
            throw new KeysUnavailable("not the name of a holder: '" + holder + "'");
        }
        requireLength(component);
        if (plan.id().algorithm() == Algorithm.TDES && !Arrays.equals(component, withOddParity(component))) {
            throw new KeysUnavailable("a component of triple DES has odd parity in every byte; this one has not, perhaps it was mistyped");
        }
    }

    private static void requireLength(byte[] component) {
        if (component.length != PurseCrypto.KEY_BYTES) {
            throw new KeysUnavailable("a component has 16 bytes, not " + component.length);
        }
    }

    private static void requireFits(Plan plan, String holder, List<Component> own) {
        for (Component one : own) {
            if (one.plan.components() != plan.components()) {
                throw new KeysUnavailable(plan.id() + " was begun with " + one.plan.components() + " components, not " + plan.components());
            }
            if (one.holder.equals(holder)) {
                throw new KeysUnavailable(holder + " has brought a component of this key already; another person brings the next");
            }
        }
    }

    private static byte[] combined(Plan plan, List<Component> components) {
        byte[] key = new byte[PurseCrypto.KEY_BYTES];
        for (Component one : components) {
            for (int i = 0; i < key.length; i++) {
                key[i] ^= one.bytes[i];
            }
        }
        boolean isTdes = plan.id().algorithm() == Algorithm.TDES;
        byte[] whole = isTdes ? withOddParity(key) : key;
        if (Arrays.equals(key, new byte[key.length]) || (isTdes && Arrays.equals(whole, 0, 8, whole, 8, 16))) {
            throw new KeysUnavailable("these components make a weak key; abandon the ceremony and begin again");
        }
        return whole;
    }

    /** The same key with an odd number of ones in each byte. */
    private static byte[] withOddParity(byte[] key) {
        byte[] odd = new byte[key.length];
        for (int i = 0; i < key.length; i++) {
            int sevenBits = key[i] & 0xFE;
            odd[i] = (byte) (sevenBits | (Integer.bitCount(sevenBits) + 1) % 2);
        }
        return odd;
    }

    private List<Component> pending() {
        if (!Files.exists(file())) {
            return new ArrayList<>();
        }
        SealedFile opened = SealedFile.read(file(), keeper::seal);
        if (!opened.title().equals(TITLE)) {
            throw new KeysUnavailable(file() + " holds no components of this version");
        }
        return new ArrayList<>(opened.lines().lines().map(Component::parse).toList());
    }

    private void write(List<Component> components) {
        StringBuilder lines = new StringBuilder();
        components.forEach(one -> lines.append(one.line()));
        try {
            SealedFile.write(file(), TITLE, lines.toString(), keeper.currentSeal());
        } catch (IOException e) {
            throw new KeysUnavailable(file() + " cannot be written: " + e.getMessage(), e);
        }
    }

    private Path file() {
        return keeper.folder().resolve("ceremony.sealed");
    }
}
