package cn.onecard.settlement.fares;

import cn.onecard.fare.Tariff;
import cn.onecard.settlement.fares.SourceTable.Row;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.ServiceCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A plain table of fares from a station to another (起讫点票价表): a CSV file with a row for each pair, one column for each station and
 *  one for each kind of card, amounts with up to two decimals. */
public final class OdTable {
    private OdTable() {}

    /** What the person who imports has to say.
     *
     *  @param currency of the amounts (ISO 4217)
     *  @param from column of the station where a ride begins
     *  @param to column of the station where it ends
     *  @param kinds column of each kind of card, ordinary among them
     *  @param ignored columns that are left out */
    public record Choice(int version, String currency, ServiceCode service, String from, String to, Map<CardKind, String> kinds, Set<String> ignored) {
        public Choice {
            if (!kinds.containsKey(CardKind.ORDINARY)) {
                throw new IllegalArgumentException("no column for ORDINARY");
            }
            kinds = Map.copyOf(kinds);
            ignored = Set.copyOf(ignored);
        }

        private List<CardKind> order() {
            return new EnumMap<>(kinds).keySet().stream().sorted().toList();
        }
    }

    /** The fare table of a file.
     *
     *  @param earlier whose numbers stations keep
     *  @throws ImportRefused naming the line that is no fare */
    public static Imported read(Path file, Choice choice, Optional<Tariff> earlier) throws IOException {
        Numbering numbers = new Numbering(earlier);
        List<CardKind> kinds = choice.order();
        Set<String> known = new HashSet<>(choice.kinds().values());
        known.add(choice.from());
        known.add(choice.to());
        Map<String, Row> seen = new HashMap<>();
        List<String> pairs = new ArrayList<>();
        for (Row row : SourceTable.read(file).rows()) {
            row.understand(known, choice.ignored());
            int from = numbers.station(name(row, choice.from()));
            int to = numbers.station(name(row, choice.to()));
            Row before = seen.putIfAbsent(from + "," + to, row);
            if (before != null) {
                throw row.refused("the pair stands in " + before + " already");
            }
            StringBuilder pair = new StringBuilder("pair,od,").append(from).append(',').append(to);
            for (CardKind kind : kinds) {
                long fare = row.hundredths(choice.kinds().getOrDefault(kind, ""));
                if (fare < 0) {
                    throw row.refused("a negative fare for " + kind);
                }
                pair.append(',').append(fare);
            }
            pairs.add(pair.toString());
        }
        if (pairs.isEmpty()) {
            throw new ImportRefused(file + ": no fares in it");
        }
        String text = "version," + choice.version() + "\ncurrency," + choice.currency() + "\n" + numbers.rules() + "matrix,od,"
                + String.join(",", kinds.stream().map(CardKind::name).toList()) + "\n" + String.join("\n", pairs)
                + "\ntable," + choice.service() + ",*,od\n";
        List<String> notes = new ArrayList<>();
        notes.add(pairs.size() + " pairs, " + kinds.size() + " kinds of cards");
        if (!choice.ignored().isEmpty()) {
            notes.add("columns left out: " + String.join(", ", choice.ignored().stream().sorted().toList()));
        }
        return new Imported(Tariff.parse(String.valueOf(file.getFileName()), text), notes);
    }

    private static String name(Row row, String column) throws ImportRefused {
        String name = row.some(column);
        if (name.contains(",") || name.contains("#") || name.contains("\n")) {
            throw row.refused("a name with a comma, a # or a line end: " + name);
        }
        return name;
    }
}
