package cn.onecard.analytics.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/** The confidential part of the policy: the number of the p% rule and the key that chooses which contributions are kept. It stands
 *  in {@code secrets/extract.properties}, readable by its owner alone; a first run writes one with a key of its own and the
 *  starting value of the rule, for the city to change before its first release. */
public final class Confidential {
    private static final int STARTING_PERCENT = 10;

    private final int dominancePercent;
    private final byte[] boundingKey;

    private Confidential(int dominancePercent, byte[] boundingKey) {
        this.dominancePercent = dominancePercent;
        this.boundingKey = boundingKey;
    }

    /** Reads the file, or writes it first if there is none. */
    public static Confidential loadOrCreate(Path secrets, SecureRandom random) throws IOException {
        Path file = secrets.resolve("extract.properties");
        Properties text = new Properties();
        if (Files.exists(file)) {
            try (InputStream stream = Files.newInputStream(file)) {
                text.load(stream);
            }
        } else {
            byte[] key = new byte[32];
            random.nextBytes(key);
            text.setProperty("dominancePercent", Integer.toString(STARTING_PERCENT));
            text.setProperty("boundingKey", HexFormat.of().formatHex(key));
            Files.createDirectories(secrets);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (OutputStream stream = Files.newOutputStream(file)) {
                text.store(stream, null);
            }
        }
        return new Confidential(Integer.parseInt(text.getProperty("dominancePercent", "")),
                HexFormat.of().parseHex(text.getProperty("boundingKey", "")));
    }

    int dominancePercent() {
        return dominancePercent;
    }

    byte[] boundingKey() {
        return boundingKey.clone();
    }
}
