package cn.onecard.engine.boot;

import cn.onecard.engine.order.OpenOrders;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pay open}. */
@Command(name = "open", description = "Lists the orders that are unfinished, and why: unknown ones first, then what partners decide, then what is held or quoted, as it will expire.",
        mixinStandardHelpOptions = true)
final class PayOpenCommand implements Callable<Integer> {
    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--most", paramLabel = "N", defaultValue = "1000", description = "list at most so many (default: ${DEFAULT-VALUE})")
    private int most;           // written by picocli

    @Override
    public Integer call() {
        try (HikariDataSource pool = Database.open(data.root(), Account.ENGINE).pool("pay", 1)) {
            List<OpenOrders.View> open = new OpenOrders(Database.dsl(pool)).listOpen(most);
            PrintWriter out = spec.commandLine().getOut();
            for (OpenOrders.View order : open) {
                out.printf("%s %s %s %s, card %s: %s yuan held of %s since %s by %s%s%s%n", order.order(), order.kind(), order.state(), when(order),
                        order.cardNo(), order.amounts().held().yuan(), order.amounts().asked().yuan(), order.since(), order.actor(),
                        order.reason().isEmpty() ? "" : ": ", order.reason());
            }
            out.println(open.isEmpty() ? "nothing is open" : open.size() + " open");
            out.flush();
            return 0;
        }
    }

    private static String when(OpenOrders.View order) {
        return switch (order.state()) {
            case UNKNOWN -> "until there is proof";
            default -> "until " + order.expiresAt().map(Instant::toString).orElse("the partner has answered");
        };
    }
}
