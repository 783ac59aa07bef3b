package cn.onecard.engine.boot;

import cn.onecard.engine.bill.StatementTable;
import cn.onecard.engine.flow.BillCancelling;
import cn.onecard.engine.flow.BillDesk;
import cn.onecard.engine.flow.BillStatements;
import cn.onecard.engine.flow.PartnerDesk;
import cn.onecard.engine.key.StorageKey;
import cn.onecard.engine.outbox.Outbox;
import cn.onecard.engine.rail.utility.Biller;
import cn.onecard.engine.rail.utility.Billers;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pay biller-statement}. */
@Command(name = "biller-statement", description = "Holds a biller's statement of a day against our payments: what nobody knew about is decided, what differs is listed. "
        + "A biller that wants our statement is given it.", mixinStandardHelpOptions = true)
final class PayBillerStatementCommand implements Callable<Integer> {
    /** To ask for a statement changes nothing, so it may be asked for again. */
    private static final int ATTEMPTS = 4;
    private static final Duration BETWEEN = Duration.ofSeconds(3);

    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Parameters(index = "0", paramLabel = "BILLER", description = "name of the biller")
    private String name = "";       // written by picocli

    @Parameters(index = "1", paramLabel = "DAY", description = "of the biller")
    private LocalDate day = LocalDate.EPOCH;    // written by picocli

    @Option(names = "--report", paramLabel = "FILE", description = "write the result as JSON")
    private @Nullable Path report;      // written by picocli

    @Override
    public Integer call() throws Exception {
        Clock clock = Clock.systemUTC();
        StorageKey key = Desks.billKey(data.keys());
        return BesideNode.work(data, "statement", 1, (corridor, dsl) -> {
            try (Billers billers = Desks.billers(data.billers(), clock)) {
                Biller biller = Optional.ofNullable(billers.byName().get(name)).orElseThrow(() -> new OperationFailed("there is no biller " + name + " in " + data.billers()));
                BillDesk.Books books = BillDesk.Books.of(dsl, key);
                PartnerDesk partners = new PartnerDesk(List.of(), new Outbox(dsl), corridor, clock);
                BillCancelling cancelling = new BillCancelling(billers.byName(), books, corridor, clock);
                BillStatements statements = new BillStatements(books, new StatementTable(dsl), partners, cancelling, clock);
                Optional<BillStatements.Decided> decided = statements.settle(biller, day);
                for (int attempt = 1; decided.isEmpty() && attempt < ATTEMPTS; attempt++) {
                    Thread.sleep(BETWEEN);
                    decided = statements.settle(biller, day);
                }
                return tell(decided.orElseThrow(() -> new OperationFailed("the biller gives or takes no statement of " + day + " now; nothing was decided")));
            }
        });
    }

    private int tell(BillStatements.Decided decided) throws IOException {
        if (report != null) {
            new ObjectMapper().writeValue(report.toFile(), Map.of("lines", decided.lines(), "totalFen", decided.total().fen(), "paid", decided.paid(),
                    "released", decided.released(), "cases", decided.cases().size()));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%d lines, %s yuan; %d payments proved, %d given back%n", decided.lines(), decided.total().yuan(), decided.paid(), decided.released());
        decided.cases().forEach(one -> out.printf("case: order %s %s, ours %s yuan, theirs %s%n", one.orderNo(), one.kind(), one.ours().yuan(), one.theirs().yuan()));
        out.flush();
        return decided.cases().isEmpty() ? 0 : 1;
    }
}
