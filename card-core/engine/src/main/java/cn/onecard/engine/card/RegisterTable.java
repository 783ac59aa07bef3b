package cn.onecard.engine.card;

import static cn.onecard.sql.tables.ledger.Tables.CARD;
import static cn.onecard.sql.tables.ledger.Tables.PSAM;
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
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The register's tables, read many rows at a time. */
public final class RegisterTable {
    /** Cards of one statement. */
    private static final int MAX_CARDS = 1_024;

    private final DSLContext dsl;
    /** Selects of 1, 2, 4 ... {@link #MAX_CARDS} cards: hot, so jOOQ renders their text once and JDBC binds, and few, so that each is
     *  prepared once a connection. */
    private final List<String> selectCards;

    public RegisterTable(DSLContext dsl) {
        this.dsl = dsl;
        this.selectCards = IntStream.rangeClosed(0, Integer.numberOfTrailingZeros(MAX_CARDS)).mapToObj(power -> select(1 << power)).toList();
    }

    private String select(int cards) {
        return dsl.select(CARD.CARD_NO, CARD.CARD_CLASS, CARD.CARD_KIND, CARD.KEY_SCHEME, CARD.ALGORITHM_CODE, CARD.ISSUER_ID, CARD.CITY,
                        CARD.STATE_CODE, CARD.STATE_SINCE, CARD.VALID_FROM, CARD.VALID_TO)
                .from(CARD).where(CARD.CARD_NO.in(Collections.nCopies(cards, DSL.param("card", CARD.CARD_NO)))).getSQL();
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
                .forEach(row -> tariffs.put(row.value1(), Tariff.parse(row.value2())));
        return tariffs;
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
