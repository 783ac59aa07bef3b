package cn.onecard.settlement.boot;

import cn.onecard.settlement.clear.FeeBook;
import cn.onecard.settlement.clear.FeeFile;
import cn.onecard.settlement.clear.FeeVersion;
import cn.onecard.settlement.clear.ServiceFile;
import cn.onecard.settlement.day.Services;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes fee rules into the books. */
@Command(name = "fees", description = "Takes the fee rules of a file into the books, after checking that the weights add up.")
final class FeesCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--file", paramLabel = "FILE", required = true, description = "fees.csv")
    private Path file = Path.of("");   // written by picocli

    @Option(names = "--services", paramLabel = "FILE", description = "services.csv, if the rules are about services that are new")
    private @Nullable Path services;   // written by picocli

    @Override
    public Integer call() {
        try (Books books = Books.open(data.directory)) {
            if (services != null) {
                int written = Services.store(books.dsl(), ServiceFile.read(services));
                System.out.println(written + " new services");
            }
            List<FeeVersion> versions = FeeFile.read(file, Services.load(books.dsl()));
            int written = new FeeBook(books.dsl()).store(versions);
            System.out.println(versions.size() + " fee versions in the file, " + written + " of them new or changed");
            return 0;
        }
    }
}
