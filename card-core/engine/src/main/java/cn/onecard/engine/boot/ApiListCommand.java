package cn.onecard.engine.boot;

import cn.onecard.engine.api.Caller;
import cn.onecard.engine.api.CallerTable;
import cn.onecard.engine.api.Scope;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code api list}. */
@Command(name = "list", description = "Lists the callers that may call.", mixinStandardHelpOptions = true)
final class ApiListCommand implements Callable<Integer> {
    @Mixin
    private CallersOption callers = new CallersOption();        // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Override
    public Integer call() {
        List<Caller> all = callers.with(CallerTable::list);
        PrintWriter out = spec.commandLine().getOut();
        out.println("caller,party,scopes,per_second,webhook,public_key");
        for (Caller caller : all) {
            out.printf("%s,%s,%s,%d,%s,%s%n", caller.name(), caller.party(), Scope.format(caller.scopes()), caller.perSecond(),
                    caller.webhook().map(URI::toString).orElse(""), caller.publicKey().hex());
        }
        out.flush();
        return 0;
    }
}
