package cn.onecard.sql;

import cn.onecard.sql.testing.MySqlServer;
import cn.onecard.sql.testing.TestDatabase;
import org.junit.jupiter.api.Assumptions;

/** The servers that everything in SQL is proven on. */
enum TestServer {
    /** The embedded MariaDB. */
    MARIADB {
        @Override
        Database database(Account account) {
            return TestDatabase.database(account);
        }
    },
    /** MySQL 8, where its program files are at hand. */
    MYSQL {
        @Override
        Database database(Account account) {
            return MySqlServer.startIfAvailable().orElseGet(() -> Assumptions.abort(
                    "MySQL 8 is not at hand: mvn -Pmysql, or CI=true, fetches it")).database(account);
        }
    };

    /** The database as an account sees it; aborts the test if the server is not at hand. */
    abstract Database database(Account account);
}
