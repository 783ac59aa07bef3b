package cn.onecard.engine.boot;

import cn.onecard.engine.bill.BillCase;
import cn.onecard.engine.bill.Cancellation;
import cn.onecard.engine.bill.CancellationTable;
import cn.onecard.engine.bill.StatementTable;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.outbox.Outbox;
import cn.onecard.engine.outbox.PartnerMessage;
import cn.onecard.engine.rail.unionpay.BankTerminalTable;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jooq.DSLContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pay open}. */
@Command(name = "open", description = "Lists what is unfinished, and why: orders, unknown ones first, then what partners decide, then what is held or quoted, as it will expire; "
        + "cancellations of bills; bank transactions that could not be reversed; what statements say otherwise.",
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
            DSLContext dsl = Database.dsl(pool);
            Outbox outbox = new Outbox(dsl);
            List<OpenOrders.View> open = new OpenOrders(dsl).listOpen(most);
            PrintWriter out = spec.commandLine().getOut();
            for (OpenOrders.View order : open) {
                out.printf("%s %s %s %s, card %s: %s yuan held of %s since %s by %s%s%s%s%n", order.order(), order.kind(), order.state(), when(order),
                        order.cardNo(), order.amounts().held().yuan(), order.amounts().asked().yuan(), order.since(), order.actor(),
                        order.reason().isEmpty() ? "" : ": ", order.reason(), outbox.find(order.order()).map(PayOpenCommand::asked).orElse(""));
            }
            List<Cancellation> cancellations = new CancellationTable(dsl).listOpen(most);
            cancellations.forEach(one -> out.printf("%s cancellation at %s %s since %s: %s%n", one.order(), one.biller(), one.state(), one.begunAt(), one.reason()));
            List<BankTerminalTable.OpenCase> bank = BankTerminalTable.listCases(dsl);
            bank.forEach(one -> out.printf("bank transaction %s of terminal %s, %s yuan: could not be reversed%n", one.leg(), one.terminal(), one.amount().yuan()));
            List<BillCase> cases = new StatementTable(dsl).listCases(most);
            cases.forEach(one -> out.printf("case of %s, statement of %s, order %s: %s, ours %s yuan, theirs %s%n", one.biller(), one.day(), one.orderNo(), one.kind(),
                    one.ours().yuan(), one.theirs().yuan()));
            int all = open.size() + cancellations.size() + bank.size();
            out.println((all == 0 ? "nothing is open" : all + " open") + (cases.isEmpty() ? "" : ", " + cases.size() + " cases of statements"));
            out.flush();
            return 0;
        }
    }

    private static String asked(PartnerMessage message) {
        String sent = message.times().sentAt().map(at -> "sent " + at).orElse("not sent yet");
        return "; " + message.partner() + ": " + message.state() + ", " + sent + ", asked " + message.inquiry().asked() + " times, not found " + message.inquiry().notFound();
    }

    private static String when(OpenOrders.View order) {
        return switch (order.state()) {
            case UNKNOWN -> "until there is proof";
            default -> "until " + order.expiresAt().map(Instant::toString).orElse("the partner has answered");
        };
    }
}
