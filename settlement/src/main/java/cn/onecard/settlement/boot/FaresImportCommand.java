package cn.onecard.settlement.boot;

import cn.onecard.fare.Tariff;
import cn.onecard.settlement.fares.GtfsChoice;
import cn.onecard.settlement.fares.GtfsFares;
import cn.onecard.settlement.fares.Imported;
import cn.onecard.settlement.fares.OdTable;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.ServiceCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a fare table of what a city publishes. */
@Command(name = "import", mixinStandardHelpOptions = true, description = {
    "Makes a fare table of a GTFS feed with Fares v2 or of a plain table of fares from a station to another.",
    "What a fare table cannot say is refused with file and line; what is left out on purpose is told."})
final class FaresImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();    // written by picocli

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();               // written by picocli

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "the fare table that is written")
    private Path out = Path.of("");                     // written by picocli

    @Option(names = "--version-number", paramLabel = "N", defaultValue = "1", description = "version of the fare table (default: ${DEFAULT-VALUE})")
    private int version = 1;                            // written by picocli

    @Option(names = "--numbers-from", paramLabel = "FILE", description = "an earlier fare table, whose numbers stations and lines keep")
    private @Nullable Path earlier;                     // written by picocli

    @Option(names = "--ignore", paramLabel = "COLUMN", split = ",", description = "columns that are left out")
    private Set<String> ignored = Set.of();             // written by picocli

    @Option(names = "--service", paramLabel = "[NETWORK=]SERVICE", split = ",",
            description = "BUS or METRO: of the table of fares (default: METRO), or of a network whose routes are neither")
    private List<String> services = List.of();          // written by picocli

    @Option(names = "--medium", paramLabel = "ID", description = "GTFS: the fare medium that our cards stand for")
    private @Nullable String medium;                    // written by picocli

    @Option(names = "--network", paramLabel = "ID", split = ",", description = "GTFS: the networks that are imported (default: all)")
    private Set<String> networks = Set.of();            // written by picocli

    @Option(names = "--without", paramLabel = "PRODUCT", split = ",", description = "GTFS: fare products that are left out")
    private Set<String> without = Set.of();             // written by picocli

    @Option(names = "--rider", paramLabel = "CATEGORY=KIND", split = ",", description = "GTFS: which kind of card a rider category is")
    private Map<String, CardKind> riders = Map.of();    // written by picocli

    @Option(names = "--columns", paramLabel = "NAME=COLUMN", split = ",",
            description = "table: columns of from, to and of each kind of card (default: from=from,to=to,ORDINARY=fare)")
    private Map<String, String> columns = Map.of("from", "from", "to", "to", "ORDINARY", "fare");   // written by picocli

    @Option(names = "--currency", paramLabel = "CODE", defaultValue = "CNY", description = "table: of the amounts (default: ${DEFAULT-VALUE})")
    private String currency = "CNY";                    // written by picocli

    /** Where the fares come from. */
    static final class Source {
        @Option(names = "--gtfs", paramLabel = "DIR", required = true, description = "a GTFS feed, unpacked")
        private @Nullable Path gtfs;                    // written by picocli

        @Option(names = "--od", paramLabel = "FILE", required = true, description = "a CSV file, a row for each pair of stations")
        private @Nullable Path od;                      // written by picocli
    }

    @Override
    public Integer call() throws IOException {
        Optional<Tariff> before = earlier == null ? Optional.empty() : Optional.of(FareFile.read(earlier));
        Imported imported = source.gtfs != null ? GtfsFares.read(source.gtfs, gtfsChoice(), before)
                : OdTable.read(Objects.requireNonNull(source.od), tableChoice(), before);
        Files.writeString(out, imported.tariff().text());
        imported.notes().forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().println(imported.tariff() + " in " + imported.tariff().currency() + " written to " + out);
        return 0;
    }

    private GtfsChoice gtfsChoice() {
        Map<String, ServiceCode> ofNetwork = new HashMap<>();
        for (String each : services) {
            int equals = each.lastIndexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("--service takes NETWORK=BUS or NETWORK=METRO for a GTFS feed, not " + each);
            }
            ofNetwork.put(each.substring(0, equals), ServiceCode.valueOf(each.substring(equals + 1)));
        }
        return new GtfsChoice(version, Optional.ofNullable(medium), networks, without, riders, ofNetwork, ignored);
    }

    private OdTable.Choice tableChoice() {
        Map<CardKind, String> kinds = new EnumMap<>(CardKind.class);
        columns.forEach((name, column) -> {
            if (!name.equals("from") && !name.equals("to")) {
                kinds.put(CardKind.valueOf(name), column);
            }
        });
        ServiceCode service = services.isEmpty() ? ServiceCode.METRO : ServiceCode.valueOf(services.getFirst());
        return new OdTable.Choice(version, currency, service, columns.getOrDefault("from", "from"), columns.getOrDefault("to", "to"), kinds, ignored);
    }
}
