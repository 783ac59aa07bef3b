package cn.onecard.analytics.boot;

import cn.onecard.analytics.extract.DayReader;
import cn.onecard.analytics.extract.Policy;
import cn.onecard.analytics.flow.Confidential;
import cn.onecard.analytics.flow.PublishDay;
import cn.onecard.analytics.flow.RiskReports;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.vocabulary.BusinessDate;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code extract publish}: publishes one settled day, once. */
@Command(name = "publish", mixinStandardHelpOptions = true,
        description = "Publishes the statistics of one settled day. A day that was published before is checked and left as it is.")
final class PublishCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int STAGES = 4;

    @Mixin
    private DataFolder data = new DataFolder();

    @Option(names = "--date", paramLabel = "YYYY-MM-DD", required = true, description = "business date")
    private LocalDate date = LocalDate.EPOCH;

    @Option(names = "--report", paramLabel = "FILE", description = "write what was published as JSON, for the operator")
    private @Nullable Path report;

    @Option(names = "--progress", description = "show a progress bar")
    private boolean progress;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        BusinessDate day = new BusinessDate(date);
        PublishDay.Published published = publish(day);
        ObjectNode summary = published.manifest().toJson();
        summary.put("reused", published.reused()).put("folder", data.releases().folder(day).toString());
        published.risk().ifPresent(risk -> summary.put("cells", risk.cells()).put("primary", risk.primary()).put("secondary", risk.secondary())
                .put("cutTaps", risk.cutTaps()).put("cutFen", risk.cutFen()));
        if (report != null) {
            Files.writeString(report, JSON.writeValueAsString(summary) + "\n");
        }
        if (spec != null) {
            spec.commandLine().getOut().printf("%s %s: %d rows, %d withheld, in %s%n", published.manifest().releaseId(),
                    published.reused() ? "was published before and is unchanged" : "published", published.manifest().rows(),
                    published.manifest().suppressed(), data.releases().folder(day));
        }
        return 0;
    }

    private PublishDay.Published publish(BusinessDate day) throws IOException {
        Database database = Database.open(data.root(), Account.ANALYTICS);
        Confidential confidential = Confidential.loadOrCreate(data.secrets(), new SecureRandom());
        try (HikariDataSource pool = database.pool("extract", 1); Bar bar = new Bar(progress)) {
            return new PublishDay(new DayReader(Database.dsl(pool)), data.releases(), new RiskReports(data.risks()), confidential,
                    Policy.load(Policy.CURRENT)).publish(day, bar::step);
        }
    }

    /** A progress bar, or nothing if none was asked for. */
    private static final class Bar implements AutoCloseable {
        private final Optional<ProgressBar> bar;
        /** Whether a stage is under way; written by {@link #step}. */
        private boolean busy;

        Bar(boolean shown) {
            bar = shown ? Optional.of(new ProgressBarBuilder().setTaskName("extract").setInitialMax(STAGES)
                    .setStyle(ProgressBarStyle.ASCII).build()) : Optional.empty();
        }

        void step(String stage) {
            bar.ifPresent(shown -> {
                if (busy) {
                    shown.step();
                }
                shown.setExtraMessage(stage);
            });
            busy = true;
        }

        @Override
        public void close() {
            bar.ifPresent(shown -> {
                shown.stepTo(STAGES);
                shown.close();
            });
        }
    }
}
