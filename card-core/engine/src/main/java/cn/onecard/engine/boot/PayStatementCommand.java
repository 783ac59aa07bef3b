package cn.onecard.engine.boot;

import cn.onecard.engine.order.Accounts;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pay statement}. */
@Command(name = "statement", description = "Lists the entries of an account between two moments.", mixinStandardHelpOptions = true)
final class PayStatementCommand implements Callable<Integer> {
    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Mixin
    private AccountOption account = new AccountOption();        // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--after", paramLabel = "TIME", defaultValue = "1970-01-01T00:00:00Z", description = "only what came after this moment (default: ${DEFAULT-VALUE})")
    private Instant after = Instant.EPOCH;      // written by picocli

    @Option(names = "--up-to", paramLabel = "TIME", description = "and up to this one (default: now)")
    private @Nullable Instant upTo;     // written by picocli

    @Override
    public Integer call() {
        Instant end = upTo == null ? Clock.systemUTC().instant() : upTo;
        try (HikariDataSource pool = Database.open(data.root(), Account.ENGINE).pool("pay", 1)) {
            Accounts accounts = new Accounts(Database.dsl(pool));
            PrintWriter out = spec.commandLine().getOut();
            out.println("entry,business_date,at,order,amount_yuan,held_change_yuan,balance_yuan,held_yuan");
            for (Accounts.Line line : accounts.statement(account.account(), after, end)) {
                out.printf("%d,%s,%s,%s,%s,%s,%s,%s%n", line.entryNo(), line.date(), line.at(), line.order(), line.amount().yuan(), line.heldChange().yuan(),
                        line.balanceAfter().yuan(), line.heldAfter().yuan());
            }
            out.flush();
            return 0;
        }
    }
}
