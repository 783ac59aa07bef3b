package cn.onecard.analytics.extract;

import static cn.onecard.sql.tables.export.Tables.LINE_NAME;
import static cn.onecard.sql.tables.export.Tables.SETTLED_DAY;
import static cn.onecard.sql.tables.export.Tables.TAP_FACT;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.sum;

import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.ServiceCode;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reads the export views. A day comes card by card: the database adds up each card's taps by joint cell and delivers the
 *  cards in the order of their day number, so only one card is in memory at a time. */
public final class DayReader {
    static final List<String> HOURS = Stream.concat(IntStream.range(0, 24).mapToObj("%02d"::formatted), Stream.of(Cell.UNKNOWN)).toList();
    static final List<String> CARD_CLASSES = List.of("ORDINARY", "CONCESSION");
    /** Tells Connector/J to stream rows instead of gathering them. */
    private static final int STREAM = Integer.MIN_VALUE;

    private final DSLContext dsl;

    /** A reader through this connection. */
    public DayReader(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** The days whose numbers stand, oldest first. */
    public List<BusinessDate> listSettledDays() {
        return dsl.select(SETTLED_DAY.BUSINESS_DATE).from(SETTLED_DAY).orderBy(SETTLED_DAY.BUSINESS_DATE).fetch(SETTLED_DAY.BUSINESS_DATE);
    }

    /** The codes of a day: every line that has a name or was ridden, every district that was ridden in. */
    public DayCodes codes(BusinessDate day) {
        TreeMap<Integer, TreeMap<Integer, String>> lines = new TreeMap<>();
        dsl.select(LINE_NAME.SERVICE_CODE, LINE_NAME.LINE_NO, LINE_NAME.NAME).from(LINE_NAME).forEach(row ->
                lines.computeIfAbsent(row.get(LINE_NAME.SERVICE_CODE).intValue(), service -> new TreeMap<>())
                        .put(row.get(LINE_NAME.LINE_NO), row.get(LINE_NAME.NAME)));
        TreeSet<String> districts = new TreeSet<>();
        dsl.selectDistinct(TAP_FACT.SERVICE_CODE, TAP_FACT.LINE_NO, TAP_FACT.DISTRICT).from(TAP_FACT)
                .where(TAP_FACT.BUSINESS_DATE.eq(day)).forEach(row -> {
                    lines.computeIfAbsent(row.get(TAP_FACT.SERVICE_CODE).intValue(), service -> new TreeMap<>())
                            .putIfAbsent(row.get(TAP_FACT.LINE_NO), "");
                    districts.add(row.get(TAP_FACT.DISTRICT));
                });
        Map<String, String> parents = new LinkedHashMap<>();
        Map<String, String> names = new HashMap<>();
        lines.forEach((service, numbers) -> {
            parents.put(serviceName(service), Cell.TOTAL);
            numbers.forEach((number, name) -> {
                parents.put(line(service, number), serviceName(service));
                names.put(line(service, number), name);
            });
        });
        Map<Dimension, CodeList> codeLists = new EnumMap<>(Dimension.class);
        codeLists.put(Dimension.HOUR, CodeList.flat(HOURS));
        codeLists.put(Dimension.LINE, new CodeList(parents));
        codeLists.put(Dimension.DISTRICT, CodeList.flat(List.copyOf(districts)));
        codeLists.put(Dimension.CARD_CLASS, CodeList.flat(CARD_CLASSES));
        return new DayCodes(codeLists, names);
    }

    /** Hands every card of the day to {@code cards}. */
    public void read(BusinessDate day, Consumer<CardDay> cards) {
        Field<BigDecimal> fen = sum(TAP_FACT.AMOUNT_FEN);
        Field<Integer> taps = count();
        try (Cursor<? extends Record> rows = dsl
                .select(TAP_FACT.DAY_CARD_NO, TAP_FACT.EVENT_HOUR, TAP_FACT.SERVICE_CODE, TAP_FACT.LINE_NO, TAP_FACT.DISTRICT,
                        TAP_FACT.CARD_KIND, taps, fen)
                .from(TAP_FACT).where(TAP_FACT.BUSINESS_DATE.eq(day))
                .groupBy(TAP_FACT.DAY_CARD_NO, TAP_FACT.EVENT_HOUR, TAP_FACT.SERVICE_CODE, TAP_FACT.LINE_NO, TAP_FACT.DISTRICT, TAP_FACT.CARD_KIND)
                .orderBy(TAP_FACT.DAY_CARD_NO, TAP_FACT.EVENT_HOUR, TAP_FACT.SERVICE_CODE, TAP_FACT.LINE_NO, TAP_FACT.DISTRICT, TAP_FACT.CARD_KIND)
                .fetchSize(STREAM).fetchLazy()) {
            Card card = null;
            for (Record row : rows) {
                if (card == null || card.number != row.get(TAP_FACT.DAY_CARD_NO)) {
                    hand(day, card, cards);
                    card = new Card(row.get(TAP_FACT.DAY_CARD_NO), cardClass(row.get(TAP_FACT.CARD_KIND)));
                }
                card.add(row, row.get(taps), row.get(fen).longValueExact());
            }
            hand(day, card, cards);
        }
    }

    private static void hand(BusinessDate day, @Nullable Card card, Consumer<CardDay> cards) {
        if (card != null) {
            cards.accept(new CardDay(day, card.number, List.copyOf(card.parts.values())));
        }
    }

    /** The card being read. Its class is the one of its first row. */
    private static final class Card {
        private final int number;
        private final String cardClass;
        private final Map<Cell, CardDay.Part> parts = new LinkedHashMap<>();

        Card(int number, String cardClass) {
            this.number = number;
            this.cardClass = cardClass;
        }

        void add(Record row, long taps, long fen) {
            Cell cell = new Cell(hour(row.get(TAP_FACT.EVENT_HOUR)), line(row.get(TAP_FACT.SERVICE_CODE), row.get(TAP_FACT.LINE_NO)),
                    row.get(TAP_FACT.DISTRICT), cardClass);
            parts.merge(cell, new CardDay.Part(cell, taps, fen), (a, b) ->
                    new CardDay.Part(cell, Math.addExact(a.taps(), b.taps()), Math.addExact(a.amountFen(), b.amountFen())));
        }
    }

    private static String hour(@Nullable Integer hour) {
        return hour == null ? Cell.UNKNOWN : HOURS.get(hour);
    }

    private static String cardClass(int kind) {
        return CARD_CLASSES.get(kind == CardKind.ORDINARY.code() ? 0 : 1);
    }

    private static String line(int service, int number) {
        return serviceName(service) + "-" + number;
    }

    private static String serviceName(int service) {
        return ServiceCode.findByCode(service).map(Enum::name).orElse("SERVICE" + service);
    }
}
