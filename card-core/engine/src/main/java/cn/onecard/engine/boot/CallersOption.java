package cn.onecard.engine.boot;

import cn.onecard.engine.api.CallerTable;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import com.zaxxer.hikari.HikariDataSource;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** The callers of an installation, as the option {@code --data}. */
final class CallersOption {
    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    /** The callers of an installation. */
    static CallersOption of(DataDir data) {
        CallersOption callers = new CallersOption();
        callers.data = data;
        return callers;
    }

    /** Does something with the callers. */
    <T> T with(Function<CallerTable, T> work) {
        try (HikariDataSource pool = Database.open(data.root(), Account.ENGINE).pool("api", 1)) {
            return work.apply(new CallerTable(Database.dsl(pool)));
        }
    }
}
