package cn.onecard.settlement.city;

import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** A recorded swipe (刷卡记录). Columns, by header: {@code card_no} (masked by letters), {@code deal_date}, {@code deal_type} (巴士 bus,
 *  地铁入站 metro entry, 地铁出站 metro exit), {@code deal_money} (charged, fen), {@code deal_value} (full fare, fen), {@code equ_no}
 *  (terminal), {@code company_name}, {@code station}, and perhaps {@code conn_mark} (1: the terminal gave the discount for a transfer).
 *
 *  @param row line of the file
 *  @param card the masked number
 *  @param at local time of China
 *  @param place on a bus the line, in the metro the station; may be empty */
public record Swipe(long row, String card, LocalDateTime at, RideKind ride, Money charged, Money fullFare, long terminal, String company,
        String place, boolean transfer) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /** The swipes of a file, in its order.
     *
     *  @throws IOException if the file cannot be read, or naming the line that is no swipe */
    public static List<Swipe> read(Path file) throws IOException {
        List<Swipe> swipes = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                try {
                    swipes.add(swipe(row));
                } catch (IllegalArgumentException | DateTimeException e) {
                    throw refused(file, row.getStartingLineNumber(), e);
                }
            }
        }
        if (swipes.isEmpty()) {
            throw new IOException(file + ": no swipes in it");
        }
        return swipes;
    }

    static IOException refused(Path file, long row, RuntimeException reason) {
        return new IOException(file + ", line " + row + ": " + reason.getMessage(), reason);
    }

    private static Swipe swipe(NamedCsvRecord row) {
        String type = row.getField("deal_type");
        RideKind ride = switch (type) {
            case "巴士" -> RideKind.SINGLE;
            case "地铁入站" -> RideKind.ENTRY;
            case "地铁出站" -> RideKind.EXIT;
            default -> throw new IllegalArgumentException("no such deal_type: " + type);
        };
        return new Swipe(row.getStartingLineNumber(), row.getField("card_no"), LocalDateTime.parse(row.getField("deal_date"), TIME), ride,
                Money.ofFen(Long.parseLong(row.getField("deal_money"))), Money.ofFen(Long.parseLong(row.getField("deal_value"))),
                Long.parseLong(row.getField("equ_no")), row.getField("company_name"), row.getField("station"),
                row.findField("conn_mark").filter("1"::equals).isPresent());
    }

    /** The service that the card was used for. */
    public ServiceCode service() {
        return ride == RideKind.SINGLE ? ServiceCode.BUS : ServiceCode.METRO;
    }

    /** What the line is called: in the metro the company is the line. */
    public String lineName() {
        return service() == ServiceCode.METRO || place.isEmpty() ? company : place;
    }
}
