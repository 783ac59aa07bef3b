package cn.onecard.engine.boot;

import cn.onecard.engine.order.BalanceCheck;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.DatabaseUnavailable;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pay check}. */
@Command(name = "check", description = "Proves that every account is the sum of its entries and every order stands where its steps led.",
        mixinStandardHelpOptions = true)
final class PayCheckCommand implements Callable<Integer> {
    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Override
    public Integer call() {
        try (HikariDataSource pool = Database.open(data.root(), Account.ENGINE).pool("pay", 1)) {
            BalanceCheck.Finding finding = new BalanceCheck(pool).run();
            PrintWriter out = spec.commandLine().getOut();
            out.printf("%d accounts, %d entries: %s%n", finding.accounts(), finding.entries(), finding.isSound() ? "they balance" : "they do not balance");
            out.flush();
            finding.broken().forEach((what, rows) -> spec.commandLine().getErr().printf("onecard pay: %s, %d times%n", what, rows));
            spec.commandLine().getErr().flush();
            return finding.isSound() ? 0 : 1;
        } catch (SQLException e) {
            throw new DatabaseUnavailable("the books cannot be read: " + e.getMessage(), e);
        }
    }
}
