package cn.onecard.engine.post;

import static cn.onecard.sql.tables.ledger.Tables.BUSINESS_DAY;
import static cn.onecard.sql.tables.ledger.Tables.TAP_JOURNAL;

import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What the journal knows of tap keys, today and on the days before.
 *
 *  <p><b>Why.</b> The primary key begins with the business date, so it keeps a key from being posted twice on one day and
 *  says nothing of the days before. A terminal that lost an acknowledgement before the day was closed sends its tap again
 *  after it.
 *
 *  <p><b>How.</b> A closed day never changes. For each PSAM the first and last sequence of each closed day is read once and
 *  kept until the open date moves; only a sequence within such a span is looked up in that day. New taps lie above all
 *  spans and cost nothing. Thread-safe. */
final class EarlierDays {
    /** How many closed days are looked at: the age limit of a tap (see {@code Limits}), and some more. */
    static final int LOOK_BACK_DAYS = 100;
    /** Spans kept in memory, some 100 MB. */
    private static final int MAX_SPANS = 2_000_000;
    /** PSAMs in one query, and sequences in one. */
    private static final int CHUNK = 500;

    private final Cache<TerminalId, History> histories = Caffeine.newBuilder().maximumWeight(MAX_SPANS)
            .weigher((TerminalId terminal, History history) -> 1 + history.spans().size()).build();

    /** The sequences of a PSAM on a closed day, first and last inclusive. */
    private record Span(BusinessDate day, long first, long last) {}

    /** The spans of a PSAM, as seen on an open date. */
    private record History(BusinessDate openDate, List<Span> spans) {}

    /** Which of these keys were posted on days before the open one, and what with. */
    Map<TapKey, Recorded> find(DSLContext dsl, BusinessDate openDate, Collection<TapKey> keys) {
        Map<TerminalId, List<Span>> spans = spans(dsl, openDate, keys);
        TreeMap<BusinessDate, List<TapKey>> byDay = new TreeMap<>();
        for (TapKey key : keys) {
            for (Span span : spans.getOrDefault(key.terminal(), List.of())) {
                if (key.psamSeq() >= span.first() && key.psamSeq() <= span.last()) {
                    byDay.computeIfAbsent(span.day(), day -> new ArrayList<>()).add(key);
                }
            }
        }
        Map<TapKey, Recorded> found = new HashMap<>();
        byDay.forEach((day, dayKeys) -> found.putAll(findOn(dsl, day, dayKeys)));
        return found;
    }

    /** Which of these keys were posted on a day, and what with. */
    static Map<TapKey, Recorded> findOn(DSLContext dsl, BusinessDate day, Collection<TapKey> keys) {
        Map<TerminalId, TreeSet<Long>> sequences = new TreeMap<>();
        keys.forEach(key -> sequences.computeIfAbsent(key.terminal(), terminal -> new TreeSet<>()).add(key.psamSeq()));
        Map<TapKey, Recorded> found = new HashMap<>();
        sequences.forEach((terminal, all) -> {
            for (List<Long> some : chunks(all)) {
                dsl.select(TAP_JOURNAL.PSAM_SEQ, TAP_JOURNAL.FRAME_DIGEST, TAP_JOURNAL.RECEIVED_AT, TAP_JOURNAL.REASON_CODE)
                        .from(TAP_JOURNAL)
                        .where(TAP_JOURNAL.BUSINESS_DATE.eq(day), TAP_JOURNAL.PSAM_NO.eq(terminal), TAP_JOURNAL.PSAM_SEQ.in(some))
                        .forEach(row -> found.put(new TapKey(terminal, row.value1()),
                                new Recorded(Digest.ofBytes(row.value2()), row.value3(), row.value4())));
            }
        });
        return found;
    }

    private Map<TerminalId, List<Span>> spans(DSLContext dsl, BusinessDate openDate, Collection<TapKey> keys) {
        Map<TerminalId, List<Span>> spans = new HashMap<>();
        Map<TerminalId, List<Span>> missing = new HashMap<>();
        for (TapKey key : keys) {
            History history = histories.getIfPresent(key.terminal());
            if (history != null && history.openDate().equals(openDate)) {
                spans.put(key.terminal(), history.spans());
            } else {
                missing.put(key.terminal(), new ArrayList<>());
            }
        }
        if (!missing.isEmpty()) {
            read(dsl, openDate, missing);
            missing.forEach((terminal, list) -> histories.put(terminal, new History(openDate, List.copyOf(list))));
            spans.putAll(missing);
        }
        return spans;
    }

    private static void read(DSLContext dsl, BusinessDate openDate, Map<TerminalId, List<Span>> spans) {
        List<BusinessDate> closed = dsl.select(BUSINESS_DAY.BUSINESS_DATE).from(BUSINESS_DAY)
                .where(BUSINESS_DAY.BUSINESS_DATE.lt(openDate))
                .orderBy(BUSINESS_DAY.BUSINESS_DATE.desc()).limit(LOOK_BACK_DAYS).fetch(BUSINESS_DAY.BUSINESS_DATE);
        if (closed.isEmpty()) {
            return;
        }
        for (List<TerminalId> some : chunks(spans.keySet())) {
            dsl.select(TAP_JOURNAL.BUSINESS_DATE, TAP_JOURNAL.PSAM_NO, DSL.min(TAP_JOURNAL.PSAM_SEQ), DSL.max(TAP_JOURNAL.PSAM_SEQ))
                    .from(TAP_JOURNAL)
                    .where(TAP_JOURNAL.BUSINESS_DATE.in(closed), TAP_JOURNAL.PSAM_NO.in(some))
                    .groupBy(TAP_JOURNAL.BUSINESS_DATE, TAP_JOURNAL.PSAM_NO)
                    .forEach(row -> spans.computeIfAbsent(row.value2(), terminal -> new ArrayList<>())
                            .add(new Span(row.value1(), row.value3(), row.value4())));
        }
    }

    private static <T> List<List<T>> chunks(Collection<T> all) {
        List<T> list = List.copyOf(all);
        List<List<T>> chunks = new ArrayList<>();
        for (int at = 0; at < list.size(); at += CHUNK) {
            chunks.add(list.subList(at, Math.min(at + CHUNK, list.size())));
        }
        return chunks;
    }
}
