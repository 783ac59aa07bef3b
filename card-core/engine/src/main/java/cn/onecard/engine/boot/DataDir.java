package cn.onecard.engine.boot;

import cn.onecard.engine.key.KeyKeeper;
import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.KeySchemes;
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

    Path keySchemesFile() {
        return root.resolve("secrets/key-schemes.properties");
    }

    /** The file that says that a program is ready. */
    Path ready(String program) {
        return root.resolve("run").resolve(program + ".json");
    }

    /** Who keeps the master keys. */
    KeyKeeper keeper() {
        return KeyKeeper.of(root.resolve("secrets"));
    }

    /** Who keeps the master keys, if there are any.
     *
     *  @throws OperationFailed if there are none */
    KeyKeeper fullKeeper() {
        KeyKeeper keeper = keeper();
        if (!keeper.exists()) {
            throw new OperationFailed("there are no master keys " + keeper.file() + "; './onecard core keys --demo --seed N' makes demo keys, "
                    + "'./onecard core keys init' begins with keys of your own");
        }
        return keeper;
    }

    /** The master keys. */
    KeyRing keys() {
        return fullKeeper().ring();
    }

    KeySchemes keySchemes() {
        return KeySchemes.read(keySchemesFile());
    }
}
