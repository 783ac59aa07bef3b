package cn.onecard.analytics.boot;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code extract list}: the releases, one line each. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the releases, oldest first.")
final class ListCommand implements Callable<Integer> {
    @Mixin
    private DataFolder data = new DataFolder();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        for (var release : data.releases().listReleases()) {
            if (spec != null) {
                spec.commandLine().getOut().printf("%s  %s  %d rows  %d withheld  %d files%n", release.period(), release.releaseId(),
                        release.rows(), release.suppressed(), release.files().size());
            }
        }
        return 0;
    }
}
