package cn.onecard.engine.boot;

import cn.onecard.engine.flow.PartnerDesk;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.outbox.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pay decide}. */
@Command(name = "decide", description = "Ends an order that a partner was told and nobody knows about, by evidence: the partner's statement, a letter.", mixinStandardHelpOptions = true)
final class PayDecideCommand implements Callable<Integer> {
    private static final int LONGEST = 80;

    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Parameters(paramLabel = "ORDER", description = "32 hexadecimal digits, as 'pay open' writes them")
    private String order = "";      // written by picocli

    @Option(names = "--done", negatable = true, required = true, description = "the partner did it, or did not (--no-done)")
    private boolean done;           // written by picocli

    @Option(names = "--evidence", paramLabel = "TEXT", required = true, description = "where that stands, 1 to 80 characters; kept with the order")
    private String evidence = "";   // written by picocli

    @Override
    public Integer call() throws Exception {
        if (!order.matches("[0-9a-f]{32}") || evidence.isBlank() || evidence.length() > LONGEST) {
            throw new ParameterException(spec.commandLine(), "an order has 32 hexadecimal digits, evidence 1 to " + LONGEST + " characters");
        }
        return BesideNode.work(data, "decide", 1, (corridor, dsl) -> {
            PartnerDesk desk = new PartnerDesk(List.of(), new Outbox(dsl), corridor, Clock.systemUTC());
            return switch (desk.decideByStatement(OrderId.parse(order), done, evidence)) {
                case PaymentAnswer.Refused refused -> throw new OperationFailed("it is not decided: " + refused.reason());
                case PaymentAnswer.Done ended -> {
                    spec.commandLine().getOut().println(ended.order() + " is " + ended.state());
                    yield 0;
                }
            };
        });
    }
}
