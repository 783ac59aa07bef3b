package cn.onecard.engine.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Keeps the master keys in a file, sealed by a pass phrase that lies in another file. Opened, they are in memory. */
final class FileKeeper extends KeyKeeper {
    FileKeeper(Path folder) {
        super(folder);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    boolean keepsForGood(KeyId id) {
        return false;
    }

    @Override
    MasterKey keep(boolean demo, KeyId id, byte[] master) {
        return new HeldKey(id.algorithm(), master);
    }

    @Override
    MasterKey inToken(boolean demo, KeyId id, String checkValue) {
        throw new KeysUnavailable(file() + " names keys of a token, and " + KeeperSettings.FILE + " names none");
    }

    @Override
    Seal newSeal(boolean demo) throws IOException {
        if (!Files.exists(secretFile())) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            PrivateFile.write(secretFile(), (HexFormat.of().formatHex(random) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        return PassSeal.fresh(pass());
    }

    @Override
    Seal seal(String name) {
        return PassSeal.of(name, pass());
    }

    @Override
    void prove() {
        // They are in memory.
    }

    @Override
    Path secretFile() {
        return folder().resolve("keys.pass");
    }

    private char[] pass() {
        try {
            return Files.readString(secretFile()).strip().toCharArray();
        } catch (NoSuchFileException e) {
            throw new KeysUnavailable("there is no pass phrase " + secretFile(), e);
        } catch (IOException e) {
            throw new KeysUnavailable("the pass phrase " + secretFile() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
