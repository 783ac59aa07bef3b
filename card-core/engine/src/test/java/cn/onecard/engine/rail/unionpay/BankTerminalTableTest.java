package cn.onecard.engine.rail.unionpay;

import static cn.onecard.sql.tables.ledger.Tables.BANK_TRANSACTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.KeysUnavailable;
import cn.onecard.engine.key.StorageKey;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.MySqlServer;
import cn.onecard.sql.testing.TestDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The journal in the ledger, on MariaDB and on MySQL 8. */
class BankTerminalTableTest {
    /** On the embedded MariaDB. */
    @Nested
    class OnMariaDb extends Contract {
        @Override
        Database prepare() {
            TestDatabase.wipe();
            return TestDatabase.database(Account.ENGINE);
        }
    }

    /** On a real MySQL 8. */
    @Nested
    class OnMySql extends Contract {
        @Override
        Database prepare() {
            MySqlServer server = MySqlServer.startIfAvailable().orElseGet(() -> Assumptions.abort("no MySQL 8 here: -Pmysql brings one"));
            server.wipe();
            return server.database(Account.ENGINE);
        }
    }

    /** What holds on every server. */
    abstract static class Contract extends TerminalJournalContract {
        private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T04:00:00.123Z"), ZoneOffset.UTC);
        private static final LinkSettings SETTINGS = new PosRig().settings();
        private static final StorageKey KEY = StorageKey.of(KeyRing.demo(7), 1, "bank");

        private @Nullable HikariDataSource pool;         // null where the server is missing
        private @Nullable DSLContext dsl;

        abstract Database prepare();

        @BeforeEach
        void open() {
            Database database = prepare();
            pool = database.pool("bank", 2);
            dsl = Database.dsl(pool);
        }

        @AfterEach
        void close() {
            if (pool != null) {
                pool.close();
            }
        }

        @Override
        TerminalJournal journal() {
            return BankTerminalTable.open(Objects.requireNonNull(dsl), SETTINGS, KEY, CLOCK);
        }

        @Override
        TerminalJournal reopened() {
            return journal();
        }

        @Test
        void sealed_request_isNotInClearAndOpensForItsLegAlone() {
            PosRig rig = new PosRig();
            PosTerminal terminal = new PosTerminal(rig.settings(), rig.masterKey(), journal(), rig.line());
            BankRequest one = rig.sale(500);
            BankRequest other = rig.sale(600);
            assertThat(terminal.transact(one)).isInstanceOf(BankOutcome.Done.class);
            assertThat(terminal.transact(other)).isInstanceOf(BankOutcome.Done.class);

            byte[] sealed = Objects.requireNonNull(dsl).select(BANK_TRANSACTION.SEALED).from(BANK_TRANSACTION).orderBy(BANK_TRANSACTION.SEQUENCE).fetch().get(0).value1();
            assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain(new String(new byte[] {0x62, 0x12, 0x34}, StandardCharsets.ISO_8859_1));
            assertThatThrownBy(() -> KEY.open(sealed, new byte[16])).isInstanceOf(KeysUnavailable.class);
            assertThat(KEY.open(sealed, new byte[] {0, 0, 0, 0, 0, 0, 0x21, (byte) 0x87, 0, 0, 0, 0, 0, 0, 0, 1})).startsWith(2, 0);
        }

        @Test
        void transact_terminalDiesAfterTheHostActed_theNextOneReverses() {
            PosRig rig = new PosRig();
            PosTerminal terminal = new PosTerminal(rig.settings(), rig.masterKey(), journal(), rig.line());
            assertThat(terminal.signOn()).isTrue();
            rig.line().killAt(new KillPoint(2));
            BankRequest sale = rig.sale(500);
            assertThatThrownBy(() -> terminal.transact(sale)).isInstanceOf(KillPoint.Killed.class);
            rig.line().killAt(new KillPoint(0));
            PosTerminal next = new PosTerminal(rig.settings(), rig.masterKey(), reopened(), rig.line());

            assertThat(next.flush()).isTrue();
            assertThat(next.findOutcome(sale.leg())).hasValue(new BankOutcome.NotDone(BankOutcome.Why.REVERSED));
            assertThat(rig.host().balance(PosRig.CARD)).isEqualTo(PosRig.BALANCE);
        }
    }
}
