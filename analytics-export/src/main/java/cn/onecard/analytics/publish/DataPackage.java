package cn.onecard.analytics.publish;

import cn.onecard.analytics.extract.Cell;
import cn.onecard.analytics.extract.CodeList;
import cn.onecard.analytics.extract.DayCodes;
import cn.onecard.analytics.extract.Dimension;
import cn.onecard.analytics.extract.Policy;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The data dictionary of a release, a Frictionless Data Package: what each column means, its unit, its codes, and how a
 *  withheld value looks. */
final class DataPackage {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private DataPackage() {}

    static void write(StagedRelease release, DayCodes codes) throws IOException {
        Policy policy = release.policy();
        ObjectNode root = JSON.createObjectNode();
        root.put("name", "onecard-taps").put("id", release.id()).put("title", "Taps and fares of the city one-card by hour, line, district and card class")
                .put("privacyLabel", StagedRelease.PRIVACY_LABEL).put("dataflow", Observation.DATAFLOW);
        root.putObject("temporal").put("start", release.day().toString()).put("end", release.day().toString());
        root.put("method", "Contribution of a card bounded to " + policy.maxCellsPerCardDay() + " cells of hour, line and district a day, "
                + policy.maxTapsPerCell() + " taps and " + policy.maxFenPerCell() + " fen in each. Cells with fewer than " + policy.minCards()
                + " cards or dominated by few cards are withheld, and with them as many others as it takes that none can be computed. "
                + "The values of a cell are withheld together. An empty cell is not withheld.");
        root.put("tables", policy.lattice().tables().stream()
                .map(table -> table.stream().sorted().map(Enum::name).collect(Collectors.joining(" x "))).collect(Collectors.joining(", "))
                + ", each with all its margins");
        ArrayNode resources = root.putArray("resources");
        for (Path file : List.of(release.csv(), release.parquet())) {
            ObjectNode resource = resources.addObject();
            resource.put("name", name(file).replace('.', '-')).put("path", name(file)).put("mediatype", ReleaseStore.mediaType(name(file)));
            ObjectNode schema = resource.putObject("schema");
            addFields(schema.putArray("fields"));
            if (file.equals(release.csv())) {
                schema.putArray("missingValues").add(Observation.MISSING);
            }
        }
        addCodeLists(root.putObject("codeLists"), codes);
        Files.write(release.dictionary(), (JSON.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String name(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }

    private static void addFields(ArrayNode fields) {
        for (String column : Observation.COLUMNS) {
            String type = switch (column) {
                case Observation.VALUE -> "integer";
                case "TIME_PERIOD" -> "date";
                default -> "string";
            };
            fields.addObject().put("name", column).put("type", type).put("description", describe(column));
        }
    }

    private static String describe(String column) {
        return switch (column) {
            case "STRUCTURE" -> "kind of structure, always dataflow";
            case "STRUCTURE_ID" -> "the dataflow: agency, name, version";
            case "ACTION" -> "R: the row replaces what was known before; releases are never revised";
            case "FREQ" -> "D: daily";
            case "REF_AREA" -> "district of the terminal, GB/T 2260, six digits; 000000 terminal not enrolled; _T the city";
            case "TIME_PERIOD" -> "business date (清算日期)";
            case "HOUR" -> "hour of the tap as the terminal says, 00 to 23; _U the terminal sent no time; _T the whole day";
            case "LINE" -> "line; a service (BUS, METRO) is the sum of its lines; _T all";
            case "CARD_TYPE" -> "ORDINARY (普通), CONCESSION (优惠: every other class); _T all";
            case "MEASURE" -> "TAPS number of taps; AMOUNT_FEN fares paid; CARDS distinct cards, which add up over CARD_TYPE only";
            case Observation.VALUE -> "the figure: taps, fen (0.01 yuan) or cards; missing if withheld";
            case "UNIT_MEASURE" -> "TP taps, CNY yuan, CD cards";
            case "UNIT_MULT" -> "power of ten of the unit: -2 with CNY is fen";
            case "OBS_STATUS" -> "A normal, Q missing because withheld";
            case "CONF_STATUS" -> "F free, C confidential";
            case "PROTECTION" -> "policy and version the figures were protected under";
            default -> throw new IllegalStateException("a column nobody described: " + column);
        };
    }

    private static void addCodeLists(ObjectNode lists, DayCodes codes) {
        for (Dimension dimension : Dimension.values()) {
            ArrayNode list = lists.putArray(switch (dimension) {
                case HOUR -> "HOUR";
                case LINE -> "LINE";
                case DISTRICT -> "REF_AREA";
                case CARD_CLASS -> "CARD_TYPE";
            });
            CodeList codeList = Objects.requireNonNull(codes.codeLists().get(dimension));
            for (String code : codeList.codes()) {
                ObjectNode entry = list.addObject().put("code", code);
                if (!code.equals(Cell.TOTAL)) {
                    entry.put("parent", codeList.parent(code));
                }
                String name = codes.lineNames().get(code);
                if (dimension == Dimension.LINE && name != null && !name.isEmpty()) {
                    entry.put("name", name);
                }
            }
        }
    }
}
