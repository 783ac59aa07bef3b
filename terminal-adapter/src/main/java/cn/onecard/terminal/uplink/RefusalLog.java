package cn.onecard.terminal.uplink;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.vocabulary.TapOutcome;
import cn.onecard.wire.TapCodec;
import cn.onecard.wire.proto.Tap;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The taps that the core did not simply accept, one line each, for the people who look after the terminals. Card numbers are
 *  masked. A line can stand twice if the program dies between the line and the acknowledgement.
 *
 *  <pre>
 *  answered_at,psam_no,psam_seq,card_no,event_at,amount_fen,outcome,reason
 *  2026-11-24T10:00:00Z,010000000001,17,310471**********0042,20261124180000,200,SUSPECT,CARD_REPORTED_LOST
 *  </pre> */
public final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final List<String> HEADER =
            List.of("answered_at", "psam_no", "psam_seq", "card_no", "event_at", "amount_fen", "outcome", "reason");

    private final Path file;
    private final InstantSource clock;

    /** A log in that file, which grows from run to run. */
    public RefusalLog(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Writes down those of the answers that are neither accepted nor duplicate. A log that cannot be written is told in the
     *  program's own log, and does not hold up the taps behind it: a full disk is emptied by nothing else. */
    void write(List<Answer> answers) {
        List<Answer> refused = answers.stream().filter(answer -> isRefusal(answer.outcome())).toList();
        if (refused.isEmpty()) {
            return;
        }
        try {
            boolean isNew = !Files.exists(file);
            try (CsvWriter csv = CsvWriter.builder().build(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                if (isNew) {
                    csv.writeRecord(HEADER);
                }
                refused.forEach(answer -> csv.writeRecord(line(answer)));
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.atError().setCause(e).addKeyValue("refusals", refused.stream().map(this::line).toList()).log("refusals are not in their file");
        }
    }

    private static boolean isRefusal(TapOutcome outcome) {
        return switch (outcome) {
            case ACCEPTED, DUPLICATE -> false;
            case CONFLICT, SUSPECT, FORGED, MALFORMED -> true;
        };
    }

    private List<String> line(Answer answer) {
        Tap tap = answer.tap();
        return List.of(clock.instant().toString(), TapCodec.key(tap).terminal().hex(),
                Integer.toUnsignedString(tap.getPsamSeq()), CardNo.ofBytes(tap.getCardNo().toByteArray()).masked(),
                "%014x".formatted(tap.getEventAtBcd()), Long.toUnsignedString(tap.getAmountFen()), answer.outcome().name(), reason(answer.reason()));
    }

    private static String reason(int code) {
        return Arrays.stream(Refusal.values()).filter(refusal -> refusal.code() == code).map(Refusal::name).findFirst()
                .orElse(Integer.toString(code));
    }
}
