package cn.onecard.engine.boot;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code api revoke}. */
@Command(name = "revoke", description = "Lets a caller in no more, within two seconds and for ever.", mixinStandardHelpOptions = true)
final class ApiRevokeCommand implements Callable<Integer> {
    @Mixin
    private CallersOption callers = new CallersOption();        // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Parameters(paramLabel = "NAME", description = "the caller's name")
    private String name = "";       // written by picocli

    @Override
    public Integer call() {
        if (!callers.with(table -> table.revoke(name))) {
            throw new OperationFailed("no caller is named " + name);
        }
        spec.commandLine().getOut().println(name + " may call no more");
        return 0;
    }
}
