package cn.onecard.terminal.flow;

import cn.onecard.terminal.sim.CardProfile;
import cn.onecard.terminal.sim.PsamKey;
import cn.onecard.terminal.sim.VirtualCard;
import cn.onecard.terminal.sim.VirtualPsam;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.CardFace;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The virtual cards and terminals of a city: made from {@code city/} and {@code secrets/perso/}, continued from
 *  {@code city/state/} if an earlier play left them there.
 *
 *  <pre>
 *  state/cards-state.csv  card_no,balance_fen,counter
 *  state/psams-state.csv  psam_no,next_seq,next_serial,next_forged
 *  </pre> */
final class SimCity {
    private final Path state;
    private final Map<CardNo, Resident> residents = new LinkedHashMap<>();
    private final Map<TerminalId, Terminal> terminals = new LinkedHashMap<>();

    private SimCity(Path state) {
        this.state = state;
    }

    /** A card and the order in which it is tapped. */
    record Resident(VirtualCard card, Turns turns) {
        /** What a terminal would read of it. */
        CardFace face() {
            CardProfile profile = card.profile();
            return new CardFace(profile.cardNo(), profile.cardClass(), profile.kind().code(), profile.issuerId(), profile.city(),
                    profile.keyVersion(), profile.algorithmByte());
        }
    }

    /** A PSAM and the running numbers of its terminal. Written by the one thread of that terminal. */
    static final class Terminal {
        private final VirtualPsam psam;
        private long nextSerial;
        private long nextForged;

        Terminal(VirtualPsam psam, long nextSerial, long nextForged) {
            this.psam = psam;
            this.nextSerial = nextSerial;
            this.nextForged = nextForged;
        }

        VirtualPsam psam() {
            return psam;
        }

        /** The terminal's next running number of a record. */
        long takeSerial() {
            return nextSerial++ & 0xFFFF_FFFFL;
        }

        /** How many frames were invented in its name before. */
        long takeForged() {
            return nextForged++;
        }
    }

    /** Reads the city of a data folder.
     *
     *  @throws IOException naming what is missing or unreadable */
    static SimCity read(Path data) throws IOException {
        SimCity city = new SimCity(data.resolve("city").resolve("state"));
        city.readCards(data);
        city.readPsams(data);
        return city;
    }

    /** The card of that number. */
    Resident resident(CardNo card) {
        return Optional.ofNullable(residents.get(card)).orElseThrow(() -> new IllegalArgumentException("the plan taps card " + card + ", which is not in cards.csv"));
    }

    /** The terminal of that number. */
    Terminal terminal(TerminalId psam) {
        return Optional.ofNullable(terminals.get(psam)).orElseThrow(() -> new IllegalArgumentException("the plan uses PSAM " + psam + ", which is not in psams.csv"));
    }

    /** The first card of the list. */
    Resident firstResident() {
        return residents.values().stream().findFirst().orElseThrow(() -> new IllegalArgumentException("cards.csv has no card"));
    }

    /** The first terminal of the list. */
    Terminal firstTerminal() {
        return terminals.values().stream().findFirst().orElseThrow(() -> new IllegalArgumentException("psams.csv has no PSAM"));
    }

    /** What all cards hold together. */
    Money balance() {
        return residents.values().stream().map(resident -> resident.card().balance()).reduce(Money.ZERO, Money::plus);
    }

    /** Keeps balances, counters and sequences for the next play. */
    void save() throws IOException {
        Files.createDirectories(state);
        write("cards-state.csv", csv -> {
            csv.writeRecord("card_no", "balance_fen", "counter");
            residents.forEach((number, resident) -> csv.writeRecord(number.digits(), Long.toString(resident.card().balance().fen()),
                    Integer.toString(resident.card().counter())));
        });
        write("psams-state.csv", csv -> {
            csv.writeRecord("psam_no", "next_seq", "next_serial", "next_forged");
            terminals.forEach((number, terminal) -> csv.writeRecord(number.hex(), Long.toString(terminal.psam.nextSeq()),
                    Long.toString(terminal.nextSerial), Long.toString(terminal.nextForged)));
        });
    }

    private void readCards(Path data) throws IOException {
        Map<CardNo, NamedCsvRecord> keys = byCard(data.resolve("secrets/perso/cards.csv"));
        Map<CardNo, NamedCsvRecord> before = Files.exists(state.resolve("cards-state.csv")) ? byCard(state.resolve("cards-state.csv")) : Map.of();
        CityTable.read(data.resolve("city/cards.csv"), row -> {
            CardNo number = CardNo.ofDigits(row.getField("card_no"));
            NamedCsvRecord key = Optional.ofNullable(keys.get(number))
                    .orElseThrow(() -> new IllegalArgumentException("card " + number + " has no keys in secrets/perso/cards.csv"));
            Optional<NamedCsvRecord> left = Optional.ofNullable(before.get(number));
            CardProfile profile = new CardProfile(number, Integer.parseInt(row.getField("card_class")), CardKind.valueOf(row.getField("card_kind")),
                    HexFormat.fromHexDigitsToLong(row.getField("issuer_id")), HexFormat.fromHexDigits(row.getField("city")),
                    Algorithm.parse(row.getField("algorithm")), Integer.parseInt(key.getField("key_version")),
                    LocalDate.parse(row.getField("valid_from")), LocalDate.parse(row.getField("valid_to")),
                    Money.ofFen(Long.parseLong(left.map(l -> l.getField("balance_fen")).orElse(row.getField("opening_balance_fen")))),
                    Integer.parseInt(left.map(l -> l.getField("counter")).orElse(row.getField("first_counter"))));
            residents.put(number, new Resident(VirtualCard.personalised(profile, HexFormat.of().parseHex(key.getField("dpk")),
                    HexFormat.of().parseHex(key.getField("dtk"))), new Turns()));
        });
    }

    private void readPsams(Path data) throws IOException {
        Map<TerminalId, List<PsamKey>> keys = new HashMap<>();
        CityTable.read(data.resolve("secrets/perso/psams.csv"), row -> keys
                .computeIfAbsent(TerminalId.ofHex(row.getField("psam_no")), _ -> new ArrayList<>())
                .add(new PsamKey(Integer.parseInt(row.getField("key_version")), Algorithm.parse(row.getField("algorithm")),
                        HexFormat.of().parseHex(row.getField("mpk")))));
        Map<TerminalId, NamedCsvRecord> before = new HashMap<>();
        if (Files.exists(state.resolve("psams-state.csv"))) {
            CityTable.read(state.resolve("psams-state.csv"), row -> before.put(TerminalId.ofHex(row.getField("psam_no")), row));
        }
        CityTable.read(data.resolve("city/psams.csv"), row -> {
            TerminalId number = TerminalId.ofHex(row.getField("psam_no"));
            List<PsamKey> own = Optional.ofNullable(keys.get(number))
                    .orElseThrow(() -> new IllegalArgumentException("PSAM " + number + " has no keys in secrets/perso/psams.csv"));
            Optional<NamedCsvRecord> left = Optional.ofNullable(before.get(number));
            long nextSeq = Long.parseLong(left.map(l -> l.getField("next_seq")).orElse(row.getField("first_seq")));
            terminals.put(number, new Terminal(VirtualPsam.personalised(number, nextSeq, own),
                    Long.parseLong(left.map(l -> l.getField("next_serial")).orElse("1")),
                    Long.parseLong(left.map(l -> l.getField("next_forged")).orElse("0"))));
        });
    }

    private static Map<CardNo, NamedCsvRecord> byCard(Path file) throws IOException {
        Map<CardNo, NamedCsvRecord> rows = new HashMap<>();
        CityTable.read(file, row -> rows.put(CardNo.ofDigits(row.getField("card_no")), row));
        return rows;
    }

    /** Fills a table. */
    private interface Rows {
        void writeTo(CsvWriter csv);
    }

    private void write(String name, Rows rows) throws IOException {
        Path unfinished = state.resolve(name + ".new");
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(unfinished, StandardCharsets.UTF_8)) {
            rows.writeTo(csv);
        } catch (UncheckedIOException e) {
            throw new IOException(unfinished + " cannot be written", e);
        }
        Files.move(unfinished, state.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
