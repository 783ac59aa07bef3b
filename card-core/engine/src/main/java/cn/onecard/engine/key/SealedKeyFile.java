package cn.onecard.engine.key;

import cn.onecard.vocabulary.Algorithm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The master keys in a {@link SealedFile}.
 *
 *  <pre>
 *  ONECARD-KEYS 2 demo=true seal=.. nonce=..
 *
 *  current,VERSION                                          version that cards are made with, -1 for none
 *  key,usage,version,algorithm,HELD,(32 hex),retired        the key itself; retired from that date on, or -
 *  key,usage,version,algorithm,TOKEN,(6 hex),retired        its check value; the key is in the token
 *  </pre>
 *  Version 1 has lines {@code usage,version,algorithm,(32 hex)} alone, and its cards are made with version 1. */
final class SealedKeyFile {
    private static final String TITLE = "ONECARD-KEYS 2 demo=";
    private static final String OLD_TITLE = "ONECARD-KEYS 1 demo=";
    private static final int OLD_CURRENT = 1;
    private static final String NEVER = "-";
    private static final HexFormat HEX = HexFormat.of();

    private SealedKeyFile() {}

    /** A ring and what it lay under.
     *
     *  @param seal to seal it again with */
    record Opened(KeyRing ring, Seal seal) {}

    /** Finds the keys that are in a token. */
    interface InToken {
        /** A key of the token.
         *
         *  @param checkValue that it had when it was brought */
        MasterKey key(boolean demo, KeyId id, String checkValue);
    }

    /** Seals a ring into a file. */
    static void write(Path file, KeyRing ring, Seal seal) throws IOException {
        StringBuilder lines = new StringBuilder("current,").append(ring.findCurrentVersion().orElse(KeyRing.NO_VERSION)).append('\n');
        for (KeyId id : ring.listIds()) {
            lines.append("key,").append(id.usage()).append(',').append(id.version()).append(',').append(id.algorithm()).append(',').append(switch (ring.key(id)) {
                case HeldKey held -> "HELD," + HEX.formatHex(held.bytes());
                case TokenKey kept -> "TOKEN," + kept.checkValue();
            }).append(',').append(ring.findRetiredFrom(id).map(LocalDate::toString).orElse(NEVER)).append('\n');
        }
        SealedFile.write(file, TITLE + ring.isDemo(), lines.toString(), seal);
    }

    /** Opens a file.
     *
     *  @param seals finds the seal
     *  @throws KeysUnavailable if there is none, or it does not open, saying which */
    static Opened read(Path file, Function<String, Seal> seals, InToken token) {
        SealedFile opened = SealedFile.read(file, seals);
        List<String[]> lines = opened.lines().lines().map(line -> line.split(",", -1)).toList();
        if (opened.title().startsWith(OLD_TITLE)) {
            Map<KeyId, MasterKey> masters = new TreeMap<>();
            lines.forEach(f -> masters.put(id(f, 0), held(f[2], f[3])));
            return new Opened(new KeyRing(opened.title().endsWith("true"), OLD_CURRENT, masters, Map.of()), opened.seal());
        }
        if (!opened.title().startsWith(TITLE)) {
            throw new KeysUnavailable(file + " holds no master keys");
        }
        boolean demo = opened.title().endsWith("true");
        int current = KeyRing.NO_VERSION;
        Map<KeyId, MasterKey> masters = new TreeMap<>();
        Map<KeyId, LocalDate> retired = new TreeMap<>();
        for (String[] f : lines) {
            switch (f[0]) {
                case "current" -> current = Integer.parseInt(f[1]);
                case "key" -> {
                    KeyId id = id(f, 1);
                    masters.put(id, f[4].equals("TOKEN") ? token.key(demo, id, f[5]) : held(f[3], f[5]));
                    if (!f[6].equals(NEVER)) {
                        retired.put(id, LocalDate.parse(f[6]));
                    }
                }
                default -> throw new KeysUnavailable(file + " has lines of a later version");
            }
        }
        return new Opened(new KeyRing(demo, current, masters, retired), opened.seal());
    }

    private static KeyId id(String[] fields, int at) {
        return new KeyId(KeyUsage.valueOf(fields[at]), Integer.parseInt(fields[at + 1]), Algorithm.valueOf(fields[at + 2]));
    }

    private static HeldKey held(String algorithm, String hex) {
        return new HeldKey(Algorithm.valueOf(algorithm), HEX.parseHex(hex));
    }
}
