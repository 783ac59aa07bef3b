package cn.onecard.settlement.city;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/** Writes a city as the CSV files that the programs load: UTF-8, LF, a header line each. */
public final class CityFiles {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final String ISSUER_ID = "31044030FFFFFFFF";
    private static final int WHOLE = 100_000;
    private static final String CITY_CODE = "5840";

    private CityFiles() {}

    /** Writes every file of a city.
     *
     *  @param folder made if it is not there; files of the same names are replaced */
    public static void write(City city, Path folder) throws IOException {
        Files.createDirectories(folder);
        table(folder, "parties.csv", csv -> {
            csv.writeRecord("party_id", "name", "role", "bank_account", "bank_code");
            Stream.concat(city.parties().stream(), CityPayments.PARTIES.stream())
                    .forEach(p -> csv.writeRecord(p.id().toString(), p.name(), p.role(), p.bankAccount(), p.bankCode()));
        });
        table(folder, "lines.csv", csv -> {
            csv.writeRecord("service", "line_no", "name");
            city.lines().forEach(l -> csv.writeRecord(l.service().name(), Integer.toString(l.number()), l.name()));
        });
        table(folder, "psams.csv", csv -> {
            csv.writeRecord("psam_no", "gateway", "party_id", "service", "district", "valid_from", "valid_to", "first_seq");
            String from = city.day().day().minusYears(1).toString();
            String to = city.day().day().plusYears(5).toString();
            city.psams().forEach(p -> csv.writeRecord(p.id().hex(), City.GATEWAY, p.party().toString(), p.service().name(),
                    p.district(), from, to, "1"));
        });
        writeCards(city, folder);
        table(folder, "tariffs.csv", csv -> {
            csv.writeRecord("tariff_version", "valid_from", "file");
            city.tariffs().forEach(t -> csv.writeRecord(Integer.toString(t.version()), t.validFrom().toString(), tariffFile(t)));
        });
        for (City.TariffText tariff : city.tariffs()) {
            Files.writeString(folder.resolve(tariffFile(tariff)), tariff.body());
        }
        table(folder, "fees.csv", csv -> {
            csv.writeRecord("fee_version", "valid_from", "party_id", "service", "beneficiary_id", "share_weight");
            String from = city.day().day().minusYears(1).toString();
            city.fees().forEach(f -> csv.writeRecord("1", from, Integer.toString(f.party()), f.service().name(),
                    Integer.toString(f.beneficiary()), Long.toString(f.weight())));
            for (CityPayments.PaidService service : CityPayments.PaidService.values()) {
                csv.writeRecord("1", from, "0", service.name(), "1", Integer.toString(service.companyWeight()));
                csv.writeRecord("1", from, "0", service.name(), "0", Integer.toString(WHOLE - service.companyWeight()));
            }
        });
        writePlan(city, folder);
    }

    /** Writes what is done at counters.
     *
     *  @param folder of the city */
    public static void writeErrands(List<CityPayments.Errand> errands, Path folder) throws IOException {
        table(folder, "errands.csv", csv -> {
            csv.writeRecord("key", "act", "card_no", "caller", "amount_fen", "detail", "earlier");
            errands.forEach(e -> csv.writeRecord(e.key(), e.act().name(), e.card().digits(), e.caller(), Long.toString(e.amount().fen()), e.detail(), e.earlier()));
        });
    }

    private static void writeCards(City city, Path folder) throws IOException {
        table(folder, "cards.csv", csv -> {
            csv.writeRecord("card_no", "card_class", "card_kind", "issuer_id", "city", "algorithm", "key_scheme", "state",
                    "state_since", "valid_from", "valid_to", "opening_balance_fen", "first_counter");
            String from = city.day().day().minusYears(1).toString();
            String to = city.day().day().plusYears(9).toString();
            String issued = TIME.format(city.day().day().minusYears(1).atStartOfDay());
            String lost = TIME.format(city.day().day().minusDays(1).atTime(18, 0));
            city.cards().forEach(c -> csv.writeRecord(c.number().digits(), "1", c.kind().name(), ISSUER_ID, CITY_CODE,
                    c.algorithm(), "t-union", c.lost() ? "LOST" : "ACTIVE", c.lost() ? lost : issued, from, to,
                    Long.toString(c.openingBalance().fen()), "0"));
        });
    }

    private static void writePlan(City city, Path folder) throws IOException {
        table(folder, "plan.csv", csv -> {
            csv.writeRecord("at", "psam_no", "card_no", "amount_fen", "full_fare_fen", "ride_kind", "service", "line_no",
                    "station_no", "party_id", "tariff_version", "txn_type", "act");
            city.plan().forEach(a -> csv.writeRecord(time(a.at()), a.psam().hex(), a.card().digits(),
                    Long.toString(a.amount().fen()), Long.toString(a.fullFare().fen()), a.ride().name(),
                    a.line().service().name(), Integer.toString(a.line().number()), Integer.toString(a.station()),
                    a.party().toString(), Integer.toString(a.tariffVersion()), Integer.toString(a.txnType()), a.kind().name()));
        });
    }

    private static String time(LocalDateTime at) {
        return TIME.format(at);
    }

    private static String tariffFile(City.TariffText tariff) {
        return "tariff-" + tariff.version() + ".csv";
    }

    private static void table(Path folder, String name, Rows rows) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(folder.resolve(name), StandardCharsets.UTF_8)) {
            rows.writeTo(csv);
        }
    }

    /** Fills one table. */
    private interface Rows {
        void writeTo(CsvWriter csv);
    }
}
