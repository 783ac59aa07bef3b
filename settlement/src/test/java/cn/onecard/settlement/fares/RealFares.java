package cn.onecard.settlement.fares;

import cn.onecard.fare.Journey;
import cn.onecard.fare.Leg;
import cn.onecard.fare.Price;
import cn.onecard.fare.Pricing;
import cn.onecard.fare.Stop;
import cn.onecard.fare.Tariff;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.ServiceCode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Where the published fares of real cities are, and short ways to ask for a price. */
final class RealFares {
    /** A Wednesday at noon. */
    static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 25, 12, 0);
    private static final Path DATA = Path.of(System.getProperty("onecard.home", "..")).resolve("../shared/data").normalize();

    private RealFares() {}

    /** A file or folder of the data; without it the test is skipped. */
    static Path data(String name) {
        Path path = DATA.resolve(name);
        Assumptions.assumeTrue(Files.exists(path), "no real fares here: " + path);
        return path;
    }

    static List<NamedCsvRecord> rows(Path file) throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(file)) {
            return rows.stream().toList();
        }
    }

    static Pricing ride(Tariff tariff, ServiceCode service, int line, int from, int to, CardKind kind) {
        return tariff.price(Journey.alone(Leg.between(service, line, new Stop(from, NOON), new Stop(to, NOON.plusMinutes(30))), kind));
    }

    static long metro(Tariff tariff, int from, int to, CardKind kind) {
        return ((Price) ride(tariff, ServiceCode.METRO, 0, from, to, kind)).charge().fen();
    }
}
