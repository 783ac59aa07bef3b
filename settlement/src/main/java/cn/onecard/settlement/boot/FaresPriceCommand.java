package cn.onecard.settlement.boot;

import cn.onecard.fare.Journey;
import cn.onecard.fare.Leg;
import cn.onecard.fare.Price;
import cn.onecard.fare.Stop;
import cn.onecard.fare.Tariff;
import cn.onecard.fare.Unpriced;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what a ride costs by a fare table, and why. */
@Command(name = "price", mixinStandardHelpOptions = true, description = "Says what a ride costs by a fare table, step by step.")
final class FaresPriceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();    // written by picocli

    @Option(names = "--rules", paramLabel = "FILE", required = true, description = "the fare table")
    private Path rules = Path.of("");                   // written by picocli

    @Option(names = "--service", paramLabel = "SERVICE", required = true, description = "BUS or METRO")
    private ServiceCode service = ServiceCode.METRO;    // written by picocli

    @Option(names = "--line", paramLabel = "LINE", defaultValue = "0", description = "number or name of the line (default: ${DEFAULT-VALUE})")
    private String line = "0";                          // written by picocli

    @Option(names = "--from", paramLabel = "STATION", description = "number or name of the station where it begins")
    private @Nullable String from;                      // written by picocli

    @Option(names = "--to", paramLabel = "STATION", description = "where it ends; without it, a ride that is paid by one tap")
    private @Nullable String to;                        // written by picocli

    @Option(names = "--at", paramLabel = "TIME", defaultValue = "2026-01-05T12:00:00", description = "when it begins (default: ${DEFAULT-VALUE})")
    private LocalDateTime at = LocalDateTime.MIN;       // written by picocli

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "30", description = "how long it takes (default: ${DEFAULT-VALUE})")
    private int minutes = 30;                           // written by picocli

    @Option(names = "--kind", paramLabel = "KIND", defaultValue = "ORDINARY", description = "kind of card (default: ${DEFAULT-VALUE})")
    private CardKind kind = CardKind.ORDINARY;          // written by picocli

    @Option(names = "--stated", paramLabel = "FEN", defaultValue = "0", description = "full fare that the terminal states, where rules leave it to it")
    private long stated = 0;                            // written by picocli

    @Override
    public Integer call() throws IOException {
        Tariff tariff = FareFile.read(rules);
        PrintWriter out = spec.commandLine().getOut();
        return switch (tariff.price(Journey.alone(leg(tariff), kind))) {
            case Price price -> {
                price.steps().forEach(out::println);
                out.println("charge: " + price.charge());
                yield 0;
            }
            case Unpriced none -> {
                spec.commandLine().getErr().println(none.why());
                yield 1;
            }
        };
    }

    private Leg leg(Tariff tariff) {
        int number = number(tariff.findLine(service, line), line);
        Optional<Stop> entry = Optional.ofNullable(from).map(name -> new Stop(number(tariff.findStation(name), name), at));
        Optional<Stop> exit = Optional.ofNullable(to).map(name -> new Stop(number(tariff.findStation(name), name), at.plusMinutes(minutes)));
        RideKind ride = from == null && to == null ? RideKind.SINGLE : RideKind.EXIT;
        return new Leg(service, number, ride, ride == RideKind.SINGLE ? Optional.of(new Stop(0, at)) : entry, exit, Money.ofFen(stated));
    }

    private static int number(OptionalInt named, String text) {
        return named.orElseGet(() -> {
            if (!text.matches("\\d{1,9}")) {
                throw new IllegalArgumentException("the fare table names no " + text);
            }
            return Integer.parseInt(text);
        });
    }
}
