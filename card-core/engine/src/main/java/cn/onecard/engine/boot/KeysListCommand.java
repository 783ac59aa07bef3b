package cn.onecard.engine.boot;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the master keys by their check values. */
@Command(name = "list", description = "Shows which master keys there are, where they are kept, and which are current or retired.", mixinStandardHelpOptions = true)
final class KeysListCommand implements Callable<Integer> {
    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Override
    public Integer call() {
        KeysCommand.print(data, spec.commandLine().getOut());
        return 0;
    }
}
