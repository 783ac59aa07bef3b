package cn.onecard.engine.boot;

import cn.onecard.engine.order.Accounts;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pay account}. */
@Command(name = "account", description = "Says how an account stands, or stood.", mixinStandardHelpOptions = true)
final class PayAccountCommand implements Callable<Integer> {
    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Mixin
    private AccountOption account = new AccountOption();        // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--at", paramLabel = "TIME", description = "when, for example 2026-11-25T04:00:00Z (default: now)")
    private @Nullable Instant at;       // written by picocli

    @Override
    public Integer call() {
        try (HikariDataSource pool = Database.open(data.root(), Account.ENGINE).pool("pay", 1)) {
            Accounts accounts = new Accounts(Database.dsl(pool));
            Accounts.Balance now = accounts.findBalance(account.account())
                    .orElseThrow(() -> new OperationFailed("card " + account.account().cardNo() + " has no such account"));
            Accounts.Balance balance = at == null ? now : accounts.balanceAt(account.account(), at);
            spec.commandLine().getOut().printf("balance %s yuan, held %s, available %s, after %d entries%n", balance.balance().yuan(), balance.held().yuan(),
                    balance.available().yuan(), balance.entryNo());
            return 0;
        }
    }
}
