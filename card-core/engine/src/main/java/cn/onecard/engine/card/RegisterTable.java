package cn.onecard.engine.card;

import static cn.onecard.sql.tables.ledger.Tables.CARD;
import static cn.onecard.sql.tables.ledger.Tables.PSAM;
import static cn.onecard.sql.tables.ledger.Tables.REGISTER_CHANGE;
import static cn.onecard.sql.tables.ledger.Tables.TARIFF;

import cn.onecard.fare.Tariff;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.ServiceCode;
import cn.onecard.vocabulary.TerminalId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.impl.DSL;

/** The register's tables, read many rows at a time.
 *
 *  <p><b>Changes.</b> Whoever changes cards gives them the next change number, and publishes that number in the same transaction. So
 *  numbers appear in order, and a reader that has seen all up to a published one has missed nothing. */
public final class RegisterTable {
    /** Cards of one statement. */
    private static final int MAX_CARDS = 1_024;
    private static final CardNo FIRST = CardNo.ofDigits("0".repeat(20));
    private static final CardNo LAST = CardNo.ofDigits("9".repeat(20));

    private final DSLContext dsl;
    /** Selects of 1, 2, 4 ... {@link #MAX_CARDS} cards: hot, so jOOQ renders their text once and JDBC binds, and few, so that each is
     *  prepared once a connection. */
    private final List<String> selectCards;
    private final String selectFollowing;
    private final String selectFollowingOfChange;
    private final String selectLaterChanges;

    public RegisterTable(DSLContext dsl) {
        this.dsl = dsl;
        this.selectCards = IntStream.rangeClosed(0, Integer.numberOfTrailingZeros(MAX_CARDS)).mapToObj(power -> select(1 << power)).toList();
        Param<CardNo> card = DSL.param("card", CARD.CARD_NO);
        Param<Long> change = DSL.param("change", CARD.CHANGE_NO);
        Param<Integer> most = DSL.param("most", Integer.class);
        this.selectFollowing = select().where(CARD.CARD_NO.gt(card)).orderBy(CARD.CARD_NO).limit(most).getSQL();
        this.selectFollowingOfChange = select().where(CARD.CHANGE_NO.eq(change), CARD.CARD_NO.gt(card)).orderBy(CARD.CARD_NO).limit(most).getSQL();
        this.selectLaterChanges = select().where(CARD.CHANGE_NO.gt(change), CARD.CHANGE_NO.le(change)).orderBy(CARD.CHANGE_NO, CARD.CARD_NO)
                .limit(most).getSQL();
    }

    private SelectJoinStep<?> select() {
        return dsl.select(CARD.CARD_NO, CARD.CARD_CLASS, CARD.CARD_KIND, CARD.KEY_SCHEME, CARD.ALGORITHM_CODE, CARD.ISSUER_ID, CARD.CITY,
                CARD.STATE_CODE, CARD.STATE_SINCE, CARD.VALID_FROM, CARD.VALID_TO, CARD.CHANGE_NO).from(CARD);
    }

    private String select(int cards) {
        return select().where(CARD.CARD_NO.in(Collections.nCopies(cards, DSL.param("card", CARD.CARD_NO)))).getSQL();
    }

    /** How far somebody has read.
     *
     *  @param changeNo number of the change that was read last
     *  @param cardNo the card of it that was read last, in the order of numbers */
    public record Position(long changeNo, CardNo cardNo) {
        /** Before the first card of a change. */
        public static Position before(long changeNo) {
            return new Position(changeNo, FIRST);
        }

        /** After all cards of a change. */
        static Position after(long changeNo) {
            return new Position(changeNo, LAST);
        }
    }

    /** Cards, and how far they reach.
     *
     *  @param position after them; where nothing followed, where it began
     *  @param more whether others may follow */
    public record Page(List<CardMaster> cards, Position position, boolean more) {}

    /** Number of the last change. */
    public long lastChange() {
        return dsl.select(REGISTER_CHANGE.CHANGE_NO).from(REGISTER_CHANGE).fetchSingle().value1();
    }

    /** The cards after a card, in the order of their numbers, whatever their change.
     *
     *  @param position of which only the card counts */
    public Page readFollowing(Position position, int most) {
        List<Row> rows = read(selectFollowing, statement -> {
            statement.setBytes(1, position.cardNo().bytes());
            statement.setInt(2, most);
        });
        CardNo last = rows.isEmpty() ? position.cardNo() : rows.getLast().card().cardNo();
        return new Page(cards(rows), new Position(position.changeNo(), last), rows.size() == most);
    }

    /** The cards that were changed after a position, in the order of the changes.
     *
     *  @param upTo number of a change that is published */
    public Page readChanges(Position position, long upTo, int most) {
        List<Row> rest = read(selectFollowingOfChange, statement -> {
            statement.setLong(1, position.changeNo());
            statement.setBytes(2, position.cardNo().bytes());
            statement.setInt(3, most);
        });
        if (!rest.isEmpty()) {
            return new Page(cards(rest), new Position(position.changeNo(), rest.getLast().card().cardNo()), true);
        }
        List<Row> later = read(selectLaterChanges, statement -> {
            statement.setLong(1, position.changeNo());
            statement.setLong(2, upTo);
            statement.setInt(3, most);
        });
        return later.isEmpty() ? new Page(List.of(), Position.after(upTo), false)
                : new Page(cards(later), new Position(later.getLast().changeNo(), later.getLast().card().cardNo()), true);
    }

    /** A card, and the change that it had last. */
    private record Row(CardMaster card, long changeNo) {}

    private interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private List<Row> read(String select, Binder binder) {
        return dsl.connectionResult(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(select)) {
                binder.bind(statement);
                List<Row> rows = new ArrayList<>();
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        rows.add(new Row(card(result), result.getLong(12)));
                    }
                }
                return rows;
            }
        });
    }

    private static List<CardMaster> cards(List<Row> rows) {
        return rows.stream().map(Row::card).toList();
    }

    /** Those of the cards that are registered. */
    public Map<CardNo, CardMaster> readCards(Collection<? extends CardNo> numbers) {
        List<CardNo> wanted = List.copyOf(numbers);
        Map<CardNo, CardMaster> cards = new HashMap<>();
        dsl.connection(connection -> {
            for (int at = 0; at < wanted.size(); at += MAX_CARDS) {
                readCards(connection, wanted.subList(at, Math.min(at + MAX_CARDS, wanted.size())), cards);
            }
        });
        return cards;
    }

    /** Reads at most {@link #MAX_CARDS}; the last one is asked for again until a statement is full. */
    private void readCards(Connection connection, List<CardNo> wanted, Map<CardNo, CardMaster> cards) throws SQLException {
        int power = Integer.SIZE - Integer.numberOfLeadingZeros(wanted.size() - 1);
        try (PreparedStatement statement = connection.prepareStatement(selectCards.get(power))) {
            for (int i = 0; i < 1 << power; i++) {
                statement.setBytes(i + 1, wanted.get(Math.min(i, wanted.size() - 1)).bytes());
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    CardMaster card = card(rows);
                    cards.put(card.cardNo(), card);
                }
            }
        }
    }

    /** Those of the PSAMs that are registered. */
    public Map<TerminalId, PsamMaster> readPsams(Collection<? extends TerminalId> numbers) {
        Map<TerminalId, PsamMaster> psams = new HashMap<>();
        dsl.selectFrom(PSAM).where(PSAM.PSAM_NO.in(numbers)).forEach(row -> psams.put(row.getPsamNo(), psam(row)));
        return psams;
    }

    /** Those of the fare tables that are registered. */
    public Map<Integer, Tariff> readTariffs(Collection<? extends Integer> versions) {
        Map<Integer, Tariff> tariffs = new HashMap<>();
        dsl.select(TARIFF.TARIFF_VERSION, TARIFF.BODY).from(TARIFF).where(TARIFF.TARIFF_VERSION.in(versions))
                .forEach(row -> tariffs.put(row.value1(), Tariff.parse("fare table " + row.value1(), row.value2())));
        return tariffs;
    }

    /** A fare table as the register has it. */
    public record TariffText(int version, LocalDate validFrom, String body) {}

    /** The fare table after a version. */
    public Optional<TariffText> findTariffAfter(int version) {
        return dsl.select(TARIFF.TARIFF_VERSION, TARIFF.VALID_FROM, TARIFF.BODY).from(TARIFF).where(TARIFF.TARIFF_VERSION.gt(version)).orderBy(TARIFF.TARIFF_VERSION).limit(1)
                .fetchOptional(row -> new TariffText(row.value1(), row.value2(), row.value3()));
    }

    private static CardMaster card(ResultSet row) throws SQLException {
        CardKind kind = CardKind.findByCode(row.getInt(3))
                .orElseThrow(() -> new IllegalStateException("the register has a card of a kind that does not exist"));
        KeyProfile profile = new KeyProfile(row.getString(4), Algorithm.byCode(row.getInt(5)), row.getLong(6), row.getInt(7));
        return new CardMaster(CardNo.ofBytes(row.getBytes(1)), row.getInt(2), kind, profile, CardState.byCode(row.getInt(8)),
                row.getObject(9, LocalDateTime.class), row.getObject(10, LocalDate.class), row.getObject(11, LocalDate.class));
    }

    private static PsamMaster psam(Record row) {
        ServiceCode service = ServiceCode.findByCode(row.get(PSAM.SERVICE_CODE))
                .orElseThrow(() -> new IllegalStateException("the register has a PSAM of a service that does not exist"));
        return new PsamMaster(row.get(PSAM.PSAM_NO), row.get(PSAM.GATEWAY), new PartyId(row.get(PSAM.PARTY_ID)), service,
                row.get(PSAM.VALID_FROM), row.get(PSAM.VALID_TO));
    }
}
