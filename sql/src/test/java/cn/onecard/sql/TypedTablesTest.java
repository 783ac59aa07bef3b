package cn.onecard.sql;

import static cn.onecard.sql.tables.ledger.Tables.BUSINESS_DAY;
import static cn.onecard.sql.tables.ledger.Tables.CARD;
import static cn.onecard.sql.tables.ledger.Tables.POSTING_SHARD;
import static cn.onecard.sql.tables.ledger.Tables.TAP_JOURNAL;
import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.sql.tables.ledger.tables.records.BusinessDayRecord;
import cn.onecard.sql.tables.ledger.tables.records.CardRecord;
import cn.onecard.sql.tables.ledger.tables.records.TapJournalRecord;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TerminalId;
import com.zaxxer.hikari.HikariDataSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.TimeZone;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of the vocabulary go into the generated tables and come out again as they were. */
@ParameterizedClass
@EnumSource(TestServer.class)
class TypedTablesTest {
    private final TestServer server;

    TypedTablesTest(TestServer server) {
        this.server = server;
    }

    @BeforeEach
    void wipe() {
        TestDatabase.wipe(server.database(Account.OWNER));
    }

    @Test
    void card_storedAndRead_isTheSame() {
        CardRecord card = new CardRecord();
        card.setCardNo(CardNo.ofDigits("31040000000000000017"));
        card.setCardClass(1);
        card.setCardKind(3);
        card.setIssuerId(-2L);
        card.setCity(0xFFFF);
        card.setAlgorithmCode(2);
        card.setKeyScheme("t-union");
        card.setStateCode(1);
        card.setStateSince(LocalDateTime.of(2026, 3, 29, 2, 30));
        card.setValidFrom(LocalDate.of(1970, 1, 1));
        card.setValidTo(LocalDate.of(2099, 12, 31));
        card.setChangeNo(1L);
        card.setListedNo(2L);
        card.setOpeningBalanceFen(12_345L);
        try (HikariDataSource pool = server.database(Account.ENGINE).pool("test", 1)) {
            DSLContext dsl = Database.dsl(pool);
            dsl.insertInto(CARD).set(card).execute();
            assertThat(dsl.selectFrom(CARD).where(CARD.CARD_NO.eq(card.getCardNo())).fetchSingle()).isEqualTo(card);
        }
    }

    @Test
    void tap_storedAndRead_isTheSame() {
        TapJournalRecord tap = JournalRows.tap(BusinessDate.parse("2026-11-24"), 0xFFFF_FFFF_FFFFL, 0xFFFF_FFFFL);
        tap.setTac(new Tac(0x80FF_0001));
        try (HikariDataSource pool = server.database(Account.ENGINE).pool("test", 1)) {
            DSLContext dsl = Database.dsl(pool);
            dsl.insertInto(TAP_JOURNAL).set(tap).execute();
            TapJournalRecord read = dsl.selectFrom(TAP_JOURNAL).where(TAP_JOURNAL.PSAM_NO.eq(new TerminalId(0xFFFF_FFFF_FFFFL))).fetchSingle();
            assertThat(read).isEqualTo(tap);
            assertThat(dsl.select(DSL.sum(TAP_JOURNAL.AMOUNT_FEN)).from(TAP_JOURNAL).fetchSingle().value1()).isEqualByComparingTo("200");
        }
    }

    @Test
    void upsert_rowIsThere_changesIt() {
        try (HikariDataSource pool = server.database(Account.ENGINE).pool("test", 1)) {
            DSLContext dsl = Database.dsl(pool);
            for (String date : new String[] {"2026-11-24", "2026-11-25"}) {
                BusinessDate open = BusinessDate.parse(date);
                dsl.insertInto(POSTING_SHARD).set(POSTING_SHARD.SHARD_ID, "core-0").set(POSTING_SHARD.OPEN_DATE, open)
                        .onDuplicateKeyUpdate().set(POSTING_SHARD.OPEN_DATE, open).execute();
            }
            assertThat(dsl.fetchValue(POSTING_SHARD.OPEN_DATE)).isEqualTo(BusinessDate.parse("2026-11-25"));
            assertThat(dsl.selectFrom(POSTING_SHARD).limit(1).fetch()).hasSize(1);
        }
    }

    /** Whatever zone the JVM is in, a local time is stored as it is written: the server's own text of it says so. */
    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Asia/Shanghai", "America/New_York"})
    void localTime_anyZoneOfTheJvm_isStoredAsWritten(String zone) {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try (HikariDataSource pool = server.database(Account.ENGINE).pool("test", 1)) {
            DSLContext dsl = Database.dsl(pool);
            LocalDateTime opened = LocalDateTime.of(2026, 11, 24, 23, 59, 59, 999_000_000);
            BusinessDayRecord day = new BusinessDayRecord();
            day.setBusinessDate(BusinessDate.parse("2026-11-24"));
            day.setOpenedAt(opened);
            dsl.insertInto(BUSINESS_DAY).set(day).execute();
            assertThat(dsl.fetchValue("SELECT CAST(opened_at AS CHAR) FROM ledger.business_day")).isEqualTo("2026-11-24 23:59:59.999");
            assertThat(dsl.fetchValue("SELECT CAST(business_date AS CHAR) FROM ledger.business_day")).isEqualTo("2026-11-24");
            assertThat(dsl.selectFrom(BUSINESS_DAY).fetchSingle()).isEqualTo(day);
        } finally {
            TimeZone.setDefault(before);
        }
    }
}
