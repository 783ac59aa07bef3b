package cn.onecard.sql;

import static cn.onecard.sql.tables.ledger.Tables.CARD;
import static cn.onecard.sql.tables.ledger.Tables.POSTING_SHARD;
import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.sql.tables.ledger.tables.records.CardRecord;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import com.zaxxer.hikari.HikariDataSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Words of the vocabulary go into the generated tables and come out again as they were. */
class TypedTablesTest {
    @BeforeEach
    void wipe() {
        TestDatabase.wipe();
    }

    @Test
    void card_storedAndRead_isTheSame() {
        CardRecord card = new CardRecord();
        card.setCardNo(CardNo.ofDigits("31040000000000000017"));
        card.setCardClass(1);
        card.setCardKind(3);
        card.setIssuerId(-2L);
        card.setCity(0x5180);
        card.setAlgorithmCode(2);
        card.setKeyScheme("t-union");
        card.setStateCode(1);
        card.setStateSince(LocalDateTime.of(2026, 3, 29, 2, 30));
        card.setValidFrom(LocalDate.of(2020, 1, 1));
        card.setValidTo(LocalDate.of(2040, 12, 31));
        card.setOpeningBalanceFen(12_345L);
        try (HikariDataSource pool = TestDatabase.database(Account.ENGINE).pool("test", 1)) {
            DSLContext dsl = Database.dsl(pool);
            dsl.insertInto(CARD).set(card).execute();
            assertThat(dsl.selectFrom(CARD).where(CARD.CARD_NO.eq(card.getCardNo())).fetchSingle()).isEqualTo(card);
        }
    }

    @Test
    void upsert_rowIsThere_changesIt() {
        try (HikariDataSource pool = TestDatabase.database(Account.ENGINE).pool("test", 1)) {
            DSLContext dsl = Database.dsl(pool);
            for (String date : new String[] {"2026-11-24", "2026-11-25"}) {
                BusinessDate open = BusinessDate.parse(date);
                dsl.insertInto(POSTING_SHARD).set(POSTING_SHARD.SHARD_ID, "core-0").set(POSTING_SHARD.OPEN_DATE, open)
                        .onDuplicateKeyUpdate().set(POSTING_SHARD.OPEN_DATE, open).execute();
            }
            assertThat(dsl.fetchValue(POSTING_SHARD.OPEN_DATE)).isEqualTo(BusinessDate.parse("2026-11-25"));
        }
    }
}
