package cn.onecard.engine.boot;

import cn.onecard.engine.rail.register.CategoryBook;
import cn.onecard.engine.rail.register.CategoryFile;
import cn.onecard.engine.rail.register.CategoryTable;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pay categories}. */
@Command(name = "categories", description = "Lists the category codes of sold goods that stand for no group of consumption yet; with --take, publishes "
        + "a table of them first. Sales are not touched by that.", mixinStandardHelpOptions = true)
final class PayCategoriesCommand implements Callable<Integer> {
    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--from", paramLabel = "DATE", defaultValue = "1970-01-01", description = "of what was sold from this business date on (default: ${DEFAULT-VALUE})")
    private String from = "1970-01-01";     // written by picocli

    @Option(names = "--take", paramLabel = "FILE", description = "CSV with the columns category_code, group_code (1 to 8), coicop_code, partial (0 or 1)")
    private @Nullable Path file;        // written by picocli

    @Option(names = "--system", paramLabel = "NAME", defaultValue = "", description = "whose codes the file has")
    private String system = "";         // written by picocli

    @Option(names = "--number", paramLabel = "N", defaultValue = "1", description = "of the version that the file is (default: ${DEFAULT-VALUE})")
    private int version;                // written by picocli

    @Override
    public Integer call() throws IOException {
        BusinessDate first = BusinessDate.parse(from);
        try (HikariDataSource pool = Database.open(data.root(), Account.ENGINE).pool("pay", 1)) {
            CategoryTable categories = new CategoryTable(Database.dsl(pool));
            PrintWriter out = spec.commandLine().getOut();
            if (file != null) {
                take(categories, file);
            }
            categories.listVersions().forEach(one -> out.printf("%s version %d of %s%n", one.system(), one.number(), one.publishedAt()));
            CategoryBook book = categories.load();
            List<CategoryTable.Sold> sold = categories.listSold(first);
            List<CategoryTable.Sold> unknown = sold.stream().filter(one -> book.find(one.category()).isEmpty()).toList();
            unknown.forEach(one -> out.printf("unknown: %s, %d lines, %s yuan%n", one.category(), one.lines(), one.net().yuan()));
            out.printf("%d of %d lines have a category that is known, %s of %s yuan%n", lines(sold) - lines(unknown), lines(sold),
                    net(sold).minus(net(unknown)).yuan(), net(sold).yuan());
            out.flush();
            return 0;
        }
    }

    private void take(CategoryTable categories, Path taken) throws IOException {
        if (system.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--take needs --system");
        }
        try (Reader reader = Files.newBufferedReader(taken)) {
            categories.publish(system, version, CategoryFile.read(system, reader), Clock.systemUTC().instant());
        } catch (IllegalArgumentException e) {
            throw new OperationFailed(taken + ": " + e.getMessage());
        }
    }

    private static long lines(List<CategoryTable.Sold> sold) {
        return sold.stream().mapToLong(CategoryTable.Sold::lines).sum();
    }

    private static Money net(List<CategoryTable.Sold> sold) {
        return sold.stream().map(CategoryTable.Sold::net).reduce(Money.ZERO, Money::plus);
    }
}
