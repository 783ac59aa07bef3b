package cn.onecard.settlement.payout;

import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.vocabulary.TerminalId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The list {@code refused-and-suspect.csv}: first the suspect taps, which are in suspense, then the frames that moved no money
 *  (in conflict, forged, malformed), both in the order of terminal and sequence. Card numbers are masked. */
final class DoubtfulTaps {
    private static final String[] HEADER = {"outcome", "reason", "psam_no", "psam_seq", "card_no", "amount_fen", "event_at",
        "received_at", "gateway", "frame_digest"};
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");

    private static final String SUSPECTS = """
            SELECT reason_code, psam_no, psam_seq, card_no, amount_fen, event_at, received_at, frame_digest
            FROM ledger.tap_journal WHERE business_date = ? AND reason_code <> 0 ORDER BY psam_no, psam_seq
            """;
    private static final String EVIDENCE = """
            SELECT outcome_code, reason_code, psam_no, psam_seq, amount_fen, received_at, gateway, frame_digest
            FROM ledger.tap_evidence WHERE business_date = ? ORDER BY psam_no, psam_seq, frame_digest
            """;

    private final DSLContext dsl;

    DoubtfulTaps(DSLContext dsl) {
        this.dsl = dsl;
    }

    WrittenFile write(BusinessDate date, Path folder) throws IOException {
        try (CsvFile file = CsvFile.create(folder.resolve("refused-and-suspect.csv"), HEADER)) {
            try (Cursor<Record> rows = dsl.resultQuery(SUSPECTS, date.day()).fetchSize(Integer.MIN_VALUE).fetchLazy()) {
                rows.forEach(row -> file.row("SUSPECT", reason(row), psam(row), row.get("psam_seq", Long.class),
                        CardNo.ofBytes(row.get("card_no", byte[].class)).masked(), row.get("amount_fen", Long.class),
                        Optional.ofNullable(row.get("event_at", LocalDateTime.class)).map(LOCAL::format).orElse(""),
                        UTC.format(row.get("received_at", LocalDateTime.class)), "", digest(row)));
            }
            try (Cursor<Record> rows = dsl.resultQuery(EVIDENCE, date.day()).fetchSize(Integer.MIN_VALUE).fetchLazy()) {
                rows.forEach(row -> file.row(outcome(row), reason(row), psam(row), row.get("psam_seq", Long.class), "", row.get("amount_fen", Long.class), "",
                        UTC.format(row.get("received_at", LocalDateTime.class)), row.get("gateway", String.class), digest(row)));
            }
            return file.complete();
        }
    }

    private static String outcome(Record row) {
        int code = row.get("outcome_code", Integer.class);
        return switch (code) {
            case 1 -> "CONFLICT";
            case 2 -> "FORGED";
            case 3 -> "MALFORMED";
            default -> throw new IllegalStateException("evidence has the unknown outcome " + code);
        };
    }

    private static String reason(Record row) {
        return Refusal.byCode(row.get("reason_code", Integer.class)).name();
    }

    private static String psam(Record row) {
        return new TerminalId(row.get("psam_no", Long.class)).hex();
    }

    private static String digest(Record row) {
        return HexFormat.of().formatHex(row.get("frame_digest", byte[].class));
    }
}
