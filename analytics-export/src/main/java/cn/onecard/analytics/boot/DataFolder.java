package cn.onecard.analytics.boot;

import cn.onecard.analytics.publish.ReleaseStore;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data directory and the places in it that this program uses. */
final class DataFolder {
    @Option(names = "--data", paramLabel = "DIR", defaultValue = "./data", description = "data directory (default: ${DEFAULT-VALUE})")
    private Path root = Path.of("data");

    Path root() {
        return root;
    }

    ReleaseStore releases() {
        return new ReleaseStore(root.resolve("extract"));
    }

    Path secrets() {
        return root.resolve("secrets");
    }

    Path risks() {
        return secrets().resolve("extract");
    }

    Path analysts() {
        return secrets().resolve("analysts.json");
    }

    Path run() {
        return root.resolve("run");
    }
}
