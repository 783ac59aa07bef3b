package cn.onecard.engine.boot;

import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.KeySchemes;
import cn.onecard.engine.key.SealedKeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The folder that everything of an installation lies in, as the option {@code --data}. */
final class DataDir {
    @Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = "the data directory (default: ${DEFAULT-VALUE})")
    private Path root = Path.of("data");        // written by picocli

    Path root() {
        return root;
    }

    Path city() {
        return root.resolve("city");
    }

    Path tls() {
        return root.resolve("secrets/tls");
    }

    Path perso() {
        return root.resolve("secrets/perso");
    }

    /** Descriptors of billers. */
    Path billers() {
        return root.resolve("billers");
    }

    /** Descriptors of clinics. */
    Path clinics() {
        return root.resolve("clinics");
    }

    /** What a bank's terminals need. */
    Path bank() {
        return root.resolve("bank");
    }

    Path keyFile() {
        return root.resolve("secrets/keys.sealed");
    }

    Path keyPass() {
        return root.resolve("secrets/keys.pass");
    }

    Path keySchemesFile() {
        return root.resolve("secrets/key-schemes.properties");
    }

    /** The file that says that a program is ready. */
    Path ready(String program) {
        return root.resolve("run").resolve(program + ".json");
    }

    /** Opens the sealed keys. */
    KeyRing keys() throws IOException {
        return SealedKeyFile.read(keyFile(), pass());
    }

    KeySchemes keySchemes() {
        return KeySchemes.read(keySchemesFile());
    }

    /** The pass phrase of the keys. */
    char[] pass() throws IOException {
        try {
            return Files.readString(keyPass()).strip().toCharArray();
        } catch (NoSuchFileException e) {
            throw new OperationFailed("there is no pass phrase " + e.getFile() + "; './onecard core keys --demo --seed N' makes demo keys");
        }
    }
}
