package cn.onecard.engine.key;

import cn.onecard.purse.PurseCrypto;
import cn.onecard.vocabulary.Algorithm;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps the master keys of a folder: in a sealed file, or in a token with a sealed file beside it that says which keys there are. What is
 *  changed here, by this process or another, all keepers of the folder find at their next {@link #refresh()}. Thread-safe. */
public abstract sealed class KeyKeeper implements KeySource permits FileKeeper, TokenKeeper {
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rw-------");
    private static final KeyId FIRST_STORAGE_KEY = new KeyId(KeyUsage.STORAGE, 1, Algorithm.SM4);

    private final Path folder;
    private volatile @Nullable Loaded loaded;       // written by load(), under this lock

    KeyKeeper(Path folder) {
        this.folder = folder;
    }

    /** The keys as they were read.
     *
     *  @param stamp tells whether the file is still the same */
    private record Loaded(SealedKeyFile.Opened opened, String stamp) {}

    /** The keeper that a folder names; nothing is opened yet.
     *
     *  @throws KeysUnavailable if its settings cannot be understood */
    public static KeyKeeper of(Path folder) {
        KeeperSettings settings = KeeperSettings.read(folder);
        return switch (settings.keeper()) {
            case FILE -> new FileKeeper(folder);
            case TOKEN -> new TokenKeeper(folder, new Token(settings.place(folder)));
        };
    }

    /** The file that says which keys there are. */
    public Path file() {
        return folder.resolve("keys.sealed");
    }

    /** Whether there are any keys. */
    public boolean exists() {
        return Files.exists(file());
    }

    @Override
    public KeyRing ring() {
        Loaded now = loaded;
        return now != null ? now.opened().ring() : load().ring();
    }

    @Override
    public void refresh() {
        Loaded now = loaded;
        if (now == null || !now.stamp().equals(stamp())) {
            load();
        }
        prove();
    }

    /** Makes the keeper ready for keys: a ring with nothing in it but a key for what is kept enciphered.
     *
     *  @throws KeysUnavailable if it has keys already */
    public KeyRing begin() throws IOException {
        requireNone();
        byte[] storage = random();
        return write(new KeyRing(false, KeyRing.NO_VERSION, Map.of(FIRST_STORAGE_KEY, keep(false, FIRST_STORAGE_KEY, storage)), Map.of()), newSeal(false));
    }

    /** Takes the demo keys of a seed in, unless it has them.
     *
     *  @throws KeysUnavailable if it has others */
    public KeyRing beginDemo(long seed) throws IOException {
        KeyRing demo = KeyRing.demo(seed);
        if (exists()) {
            if (!ring().isDemo() || !ring().containsKeysOf(demo)) {
                throw new KeysUnavailable(file() + " holds other keys; they are not overwritten");
            }
            return ring();
        }
        Map<KeyId, MasterKey> kept = new TreeMap<>();
        demo.listIds().forEach(id -> kept.put(id, keep(true, id, demo.master(id))));
        return write(new KeyRing(true, demo.findCurrentVersion().orElseThrow(), kept, Map.of()), newSeal(true));
    }

    /** What a version lacks before cards can be made with it: for every cipher that it or the current version has keys for, and for both if
     *  there are none yet, a key of each usage that is not retired. */
    public List<KeyId> listMissing(int version) {
        KeyRing ring = ring();
        List<KeyId> missing = new ArrayList<>();
        for (Algorithm algorithm : Algorithm.values()) {
            if (ring.findCurrentVersion().isEmpty() || isMadeFor(ring, version, algorithm) || isMadeFor(ring, ring.findCurrentVersion().get(), algorithm)) {
                ofCards().map(usage -> new KeyId(usage, version, algorithm)).filter(id -> !ring.has(id) || ring.findRetiredFrom(id).isPresent())
                        .forEach(missing::add);
            }
        }
        return List.copyOf(missing);
    }

    /** Makes keys at random.
     *
     *  @throws KeysUnavailable if somebody else needs one of them, to whom it could not be given */
    public KeyRing generate(List<KeyId> ids) throws IOException {
        for (KeyId id : ids) {
            if (id.usage() == KeyUsage.PURCHASE && keepsForGood(id)) {
                throw new KeysUnavailable(id + " is not made at random: PSAMs need it too, and it would not come out of the token; hold a ceremony");
            }
        }
        return change(ring -> {
            Map<KeyId, MasterKey> fresh = new TreeMap<>();
            for (KeyId id : ids) {
                requireFree(ring, id);
                fresh.put(id, keep(ring.isDemo(), id, random()));
            }
            return ring.with(fresh);
        });
    }

    /** Makes a version the one that cards are made with from now on. The one before stays good.
     *
     *  @throws KeysUnavailable if it lacks keys */
    public KeyRing rotate(int version) throws IOException {
        return change(ring -> {
            List<KeyId> missing = listMissing(version);
            if (!missing.isEmpty()) {
                throw new KeysUnavailable("version " + version + " cannot be given to cards: there is no key in force of " + missing);
            }
            return ring.withCurrent(version);
        });
    }

    /** Retires the keys of cards of a version: what is dated on that day or later they prove no more. Another date takes the place of an
     *  earlier one.
     *
     *  @throws KeysUnavailable if there are no such keys, or cards are still made with them */
    public KeyRing retire(int version, LocalDate from) throws IOException {
        return change(ring -> {
            List<KeyId> ids = ring.listIds().stream().filter(id -> id.version() == version && id.usage().isOfCards()).toList();
            if (ids.isEmpty()) {
                throw new KeysUnavailable("there are no keys of version " + version);
            }
            if (ring.findCurrentVersion().filter(current -> current == version).isPresent()) {
                throw new KeysUnavailable("cards are made with version " + version + "; rotate first");
            }
            return ring.withRetired(ids, from);
        });
    }

    /** Looks whether the keys are fit for cards that hold money.
     *
     *  @throws KeysUnavailable if they are not, saying why */
    public void requireFit() {
        KeyRing ring = ring();
        if (ring.isDemo()) {
            throw new KeysUnavailable(file() + " holds demo keys, which anybody can make again");
        }
        int version = ring.findCurrentVersion().orElseThrow(() -> new KeysUnavailable(file() + " names no version to make cards with"));
        List<KeyId> missing = listMissing(version);
        if (!missing.isEmpty()) {
            throw new KeysUnavailable(file() + " has no key in force of " + missing);
        }
        for (Path secret : List.of(file(), secretFile())) {
            requirePrivate(secret);
        }
    }

    private static void requirePrivate(Path secret) {
        try {
            Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(secret);
            if (!OWNERS.containsAll(allowed)) {
                throw new KeysUnavailable(secret + " can be read or changed by others than its owner: " + PosixFilePermissions.toString(allowed));
            }
        } catch (IOException e) {
            throw new KeysUnavailable(secret + " cannot be looked at: " + e.getMessage(), e);
        }
    }

    /** What opens the keys: a pass phrase, or a PIN. */
    abstract Path secretFile();

    /** Whether keys of that kind are brought into a token, never to come out. */
    abstract boolean keepsForGood(KeyId id);

    /** Takes a key in. */
    abstract MasterKey keep(boolean demo, KeyId id, byte[] master);

    /** A key that is in the token. */
    abstract MasterKey inToken(boolean demo, KeyId id, String checkValue);

    /** A seal that was never used. */
    abstract Seal newSeal(boolean demo) throws IOException;

    /** The seal of that name. */
    abstract Seal seal(String name);

    /** Asks the token, if there is one, for what it keeps.
     *
     *  @throws KeysUnavailable if it does not answer or keeps something else */
    abstract void prove();

    /** Changes the ring; nobody else changes it meanwhile. */
    final synchronized KeyRing change(UnaryOperator<KeyRing> change) throws IOException {
        Path lock = folder.resolve("keys.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            KeyRing before = load().ring();
            KeyRing changed = change.apply(before);
            return changed == before ? before : write(changed, currentSeal());
        }
    }

    /** What the ring is sealed with, for files beside it. */
    final Seal currentSeal() {
        Loaded now = loaded;
        return now != null ? now.opened().seal() : load().seal();
    }

    final Path folder() {
        return folder;
    }

    static void requireFree(KeyRing ring, KeyId id) {
        if (ring.has(id)) {
            throw new KeysUnavailable("there is a key " + id + " already");
        }
    }

    private void requireNone() {
        if (exists()) {
            throw new KeysUnavailable(file() + " is there already");
        }
    }

    private static boolean isMadeFor(KeyRing ring, int version, Algorithm algorithm) {
        return ofCards().anyMatch(usage -> ring.has(new KeyId(usage, version, algorithm)));
    }

    private static Stream<KeyUsage> ofCards() {
        return Arrays.stream(KeyUsage.values()).filter(KeyUsage::isOfCards);
    }

    private static byte[] random() {
        byte[] key = new byte[PurseCrypto.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private KeyRing write(KeyRing ring, Seal seal) throws IOException {
        SealedKeyFile.write(file(), ring, seal);
        return load().ring();
    }

    private synchronized SealedKeyFile.Opened load() {
        String stamp = stamp();
        Loaded before = loaded;
        if (before != null && before.stamp().equals(stamp)) {
            return before.opened();
        }
        SealedKeyFile.Opened opened = SealedKeyFile.read(file(), name -> before != null && before.opened().seal().name().equals(name)
                ? before.opened().seal() : seal(name), this::inToken);
        loaded = new Loaded(opened, stamp);
        return opened;
    }

    private String stamp() {
        try {
            BasicFileAttributes now = Files.readAttributes(file(), BasicFileAttributes.class);
            return now.fileKey() + " " + now.lastModifiedTime() + " " + now.size();
        } catch (IOException e) {
            throw new KeysUnavailable("there is no key file " + file(), e);
        }
    }
}
