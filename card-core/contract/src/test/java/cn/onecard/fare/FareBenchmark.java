package cn.onecard.fare;

import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a price costs: at the terminal, which knows the whole journey, and in the core's audit, which knows one tap. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FareBenchmark {
    private static final int STATIONS = 100;
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 25, 8, 0);

    private final Tariff tariff = Tariff.parse(table());
    private final Leg bus = new Leg(ServiceCode.BUS, 1, RideKind.SINGLE, Optional.of(new Stop(0, TIME)), Optional.empty(), Money.ofFen(200));
    private final Journey metro = new Journey(Leg.between(ServiceCode.METRO, 1, new Stop(3, TIME.plusMinutes(20)), new Stop(70, TIME.plusMinutes(50))),
            CardKind.STUDENT, Optional.of(new PastRide(bus, Money.ofFen(200), 0)), PaidBefore.NOTHING);
    private final Leg exit = new Leg(ServiceCode.METRO, 1, RideKind.EXIT, Optional.empty(), Optional.of(new Stop(70, TIME)), Money.ofFen(367));

    private static String table() {
        StringBuilder text = new StringBuilder("""
                version,1
                order,concession,transfer,round
                flat,BUS,*,200
                table,METRO,*,M
                concession,STUDENT,50
                transfer,BUS,METRO,entry,entry,5400,*,less,40
                matrix,M,ORDINARY
                """);
        for (int from = 0; from < STATIONS; from++) {
            for (int to = 0; to < STATIONS; to++) {
                text.append("pair,M,").append(from).append(',').append(to).append(',').append(300 + Math.abs(from - to)).append('\n');
            }
        }
        return text.toString();
    }

    /** The terminal's question, with a transfer. */
    @Benchmark
    public Pricing journey() {
        return tariff.price(metro);
    }

    /** The audit's question about a bus. */
    @Benchmark
    public Charges flat() {
        return tariff.charges(bus, CardKind.ORDINARY);
    }

    /** The audit's question about a metro exit of one of a hundred stations. */
    @Benchmark
    public Charges exit() {
        return tariff.charges(exit, CardKind.STUDENT);
    }
}
