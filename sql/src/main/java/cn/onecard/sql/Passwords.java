package cn.onecard.sql;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;

/** The passwords of the accounts: random, made once, kept in {@code secrets/db.properties} under the data directory,
 *  readable by its owner alone. */
public final class Passwords {
    private static final int BYTES = 24;

    private final Map<Account, String> byAccount;

    private Passwords(Map<Account, String> byAccount) {
        this.byAccount = byAccount;
    }

    /** The passwords of a data directory; without them nothing can be reached. */
    public static Passwords load(Path dataDir) {
        Path file = file(dataDir);
        if (!Files.exists(file)) {
            throw new DatabaseUnavailable("there are no database passwords in " + file + ": run ./onecard db start --data " + dataDir
                    + " (or, with ONECARD_DB_URL set, ./onecard db migrate --data " + dataDir + ")");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new DatabaseUnavailable("cannot read " + file + ": " + e.getMessage(), e);
        }
        Map<Account, String> passwords = new EnumMap<>(Account.class);
        for (Account account : Account.values()) {
            String password = properties.getProperty(account.user());
            if (password == null || !password.matches("[A-Za-z0-9_-]{16,}")) {
                throw new DatabaseUnavailable(file + " has no usable password for " + account.user());
            }
            passwords.put(account, password);
        }
        return new Passwords(passwords);
    }

    /** The passwords of a data directory, made now if there are none yet. */
    public static Passwords loadOrCreate(Path dataDir) {
        Path file = file(dataDir);
        try {
            Files.createDirectories(file.getParent());
            if (!Files.exists(file)) {
                create(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return load(dataDir);
    }

    /** The password of one account. */
    public String of(Account account) {
        String password = byAccount.get(account);
        if (password == null) {
            throw new IllegalStateException("no password for " + account);
        }
        return password;
    }

    private static Path file(Path dataDir) {
        return dataDir.resolve("secrets").resolve("db.properties");
    }

    /** Written beside and moved into place, so that a crash leaves no half of it. */
    private static void create(Path file) throws IOException {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder();
        for (Account account : Account.values()) {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            text.append(account.user()).append('=').append(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)).append('\n');
        }
        Path fresh = Files.createTempFile(file.getParent(), "db", ".properties",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text);
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // Another process was first: its passwords are the ones, and load() reads them.
        } finally {
            Files.delete(fresh);
        }
    }
}
