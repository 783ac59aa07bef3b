package cn.onecard.engine.key;

import cn.onecard.engine.testing.City;
import cn.onecard.engine.testing.SoftToken;
import cn.onecard.purse.FactorFormat;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to derive the key of a card that has not come before, two factors, by who keeps the master: once a card, for its key is
 *  kept then. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DerivationBenchmark {
    private static final FactorFormat FORMAT = FactorFormat.parse("issuer > asn");
    private static final int CARDS = 100_000;

    /** Who keeps the masters. */
    public enum Keeper { FILE, TOKEN }

    @Param
    private Keeper keeper = Keeper.FILE;        // written by JMH

    @Param
    private Algorithm algorithm = Algorithm.TDES;       // written by JMH

    private KeyRing ring = City.KEYS;       // written by begin()
    private int next;       // written by derive()

    /** Has demo keys kept. */
    @Setup
    public void begin() throws IOException {
        Path folder = Files.createTempDirectory("derivation");
        if (keeper == Keeper.TOKEN) {
            SoftToken.orSkip().keepKeysOf(folder);
        }
        ring = KeyKeeper.of(folder).beginDemo(7);
    }

    /** The TAC key of the next card. */
    @Benchmark
    public byte[] derive() {
        next = (next + 1) % CARDS;
        CardNo card = CardNo.ofDigits("3104%016d".formatted(next));
        return ring.findCardKey(new KeyId(KeyUsage.TAC, 1, algorithm), FORMAT, card, City.ISSUER, City.CITY_CODE).orElseThrow();
    }
}
