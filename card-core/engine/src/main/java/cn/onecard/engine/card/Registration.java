package cn.onecard.engine.card;

import static cn.onecard.sql.tables.ledger.Tables.CARD;
import static cn.onecard.sql.tables.ledger.Tables.PARTY;
import static cn.onecard.sql.tables.ledger.Tables.PSAM;
import static cn.onecard.sql.tables.ledger.Tables.REGISTER_CHANGE;
import static cn.onecard.sql.tables.ledger.Tables.TARIFF;
import static cn.onecard.sql.tables.ledger.Tables.TRANSIT_LINE;

import cn.onecard.fare.Tariff;
import cn.onecard.sql.tables.ledger.tables.records.CardRecord;
import cn.onecard.sql.tables.ledger.tables.records.PartyRecord;
import cn.onecard.sql.tables.ledger.tables.records.PsamRecord;
import cn.onecard.sql.tables.ledger.tables.records.TariffRecord;
import cn.onecard.sql.tables.ledger.tables.records.TransitLineRecord;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.ServiceCode;
import cn.onecard.vocabulary.TerminalId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.TableRecord;

/** Takes the issuing system's files into the register: parties, lines, fare tables, PSAMs, cards. What is there already is
 *  brought up to date, so a file may be taken any number of times. A file is taken whole or not at all. */
public final class Registration {
    private static final int CHUNK = 1_000;
    private static final String CURRENCY = "CNY";

    private final DSLContext dsl;

    public Registration(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** How many rows each file had. */
    public record Counts(int parties, int lines, int tariffs, int psams, int cards) {}

    /** Takes all files of a folder.
     *
     *  @throws RegistrationFailed naming the file and line that is wrong; files before it stay taken */
    public Counts register(Path city) {
        return new Counts(
                take(PARTY, city.resolve("parties.csv"), Registration::party),
                take(TRANSIT_LINE, city.resolve("lines.csv"), Registration::line),
                take(TARIFF, city.resolve("tariffs.csv"), line -> tariff(city, line)),
                take(PSAM, city.resolve("psams.csv"), Registration::psam),
                takeCards(city.resolve("cards.csv")));
    }

    /** Cards are taken as one change, which those who keep cards in memory follow. */
    private int takeCards(Path file) {
        List<CardRecord> rows = CityFile.read(file, Registration::card);
        dsl.transaction(transaction -> {
            DSLContext in = transaction.dsl();
            long change = in.select(REGISTER_CHANGE.CHANGE_NO).from(REGISTER_CHANGE).forUpdate().fetchSingle().value1() + 1;
            Set<CardNo> wereListed = in.select(CARD.CARD_NO).from(CARD).where(CARD.LISTED_NO.gt(0L)).fetchSet(CARD.CARD_NO);
            rows.forEach(row -> {
                row.setChangeNo(change);
                row.setListedNo(CardState.byCode(row.getStateCode()).isListed() || wereListed.contains(row.getCardNo()) ? change : 0L);
            });
            upsert(in, CARD, rows);
            in.update(REGISTER_CHANGE).set(REGISTER_CHANGE.CHANGE_NO, change).execute();
        });
        return rows.size();
    }

    private <R extends TableRecord<R>> int take(Table<R> table, Path file, Function<CityFile.Line, R> parser) {
        List<R> rows = CityFile.read(file, parser);
        dsl.transaction(transaction -> upsert(transaction.dsl(), table, rows));
        return rows.size();
    }

    private static <R extends TableRecord<R>> void upsert(DSLContext in, Table<R> table, List<R> rows) {
        for (int at = 0; at < rows.size(); at += CHUNK) {
            in.insertInto(table).columns(table.fields()).valuesOfRecords(rows.subList(at, Math.min(at + CHUNK, rows.size())))
                    .onDuplicateKeyUpdate().setAllToExcluded().execute();
        }
    }

    private static PartyRecord party(CityFile.Line line) {
        int role = switch (line.text("role")) {
            case "OPERATOR" -> 1;
            case "CARD_COMPANY" -> 2;
            case "CITY_FUND" -> 3;
            default -> throw new IllegalArgumentException("role: no such role");
        };
        return new PartyRecord(new PartyId(line.number("party_id")).value(), line.text("name"), role,
                line.text("bank_account"), line.text("bank_code"));
    }

    private static TransitLineRecord line(CityFile.Line line) {
        return new TransitLineRecord(line.parsed("service", ServiceCode::valueOf).code(), line.number("line_no"), line.text("name"));
    }

    private static TariffRecord tariff(Path city, CityFile.Line line) {
        int version = line.number("tariff_version");
        try {
            String body = Files.readString(city.resolve(line.text("file")));
            Tariff tariff = Tariff.parse(line.text("file"), body);
            if (tariff.version() != version) {
                throw new IllegalArgumentException("tariff_version: the file says " + tariff.version());
            }
            if (!tariff.currency().equals(CURRENCY)) {
                throw new IllegalArgumentException(line.text("file") + ": its amounts are in " + tariff.currency() + ", cards are debited in " + CURRENCY);
            }
            return new TariffRecord(version, line.parsed("valid_from", LocalDate::parse), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PsamRecord psam(CityFile.Line line) {
        return new PsamRecord(line.parsed("psam_no", TerminalId::ofHex), line.text("gateway"),
                new PartyId(line.number("party_id")).value(), line.parsed("service", ServiceCode::valueOf).code(),
                line.text("district"), line.parsed("valid_from", LocalDate::parse), line.parsed("valid_to", LocalDate::parse));
    }

    private static CardRecord card(CityFile.Line line) {
        return new CardRecord(line.parsed("card_no", CardNo::ofDigits), line.number("card_class"),
                line.parsed("card_kind", CardKind::valueOf).code(), line.hex("issuer_id"), (int) line.hex("city"),
                line.parsed("algorithm", Algorithm::valueOf).code(), line.text("key_scheme"),
                line.parsed("state", CardState::valueOf).code(), line.parsed("state_since", LocalDateTime::parse),
                line.parsed("valid_from", LocalDate::parse), line.parsed("valid_to", LocalDate::parse), line.fen("opening_balance_fen"), 0L, 0L);
    }
}
