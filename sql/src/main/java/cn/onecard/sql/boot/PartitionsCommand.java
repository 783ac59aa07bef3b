package cn.onecard.sql.boot;

import cn.onecard.sql.DatabaseUnavailable;
import cn.onecard.sql.Partitions;
import cn.onecard.vocabulary.BusinessDate;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code db partitions}. */
@Command(name = "partitions", description = "Give days their own partition of the journal and of the account entries, where they have none.", mixinStandardHelpOptions = true)
final class PartitionsCommand implements Callable<Integer> {
    @Mixin private final DataOption data = new DataOption();
    @Option(names = "--from", paramLabel = "D", required = true, description = "first business date, yyyy-MM-dd")
    private LocalDate from = LocalDate.EPOCH; // set by picocli
    @Option(names = "--days", paramLabel = "N", defaultValue = "31", description = "how many days (default: ${DEFAULT-VALUE})")
    private int days; // set by picocli

    @Override
    public Integer call() {
        if (days < 1 || days > Partitions.MOST_DAYS) {
            throw data.misuse("--days is 1 to " + Partitions.MOST_DAYS);
        }
        PrintWriter out = data.out();
        try (Connection connection = data.owner().connect()) {
            List<BusinessDate> fresh = Partitions.ensure(connection, new BusinessDate(from), days);
            out.println(fresh.isEmpty() ? "every one of these days had its partition, or lies below the highest"
                    : fresh.size() + " partitions made: " + fresh.getFirst() + " to " + fresh.getLast());
            return 0;
        } catch (SQLException e) {
            throw new DatabaseUnavailable("cannot make partitions: " + e.getMessage(), e);
        }
    }
}
