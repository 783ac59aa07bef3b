package cn.onecard.engine.boot;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Begins a ring of master keys that are not demo keys. */
@Command(name = "init", description = "Makes the keeper ready for master keys of your own. Keys then come by 'ceremony', or at random by 'rotate --generate'.",
        mixinStandardHelpOptions = true)
final class KeysInitCommand implements Callable<Integer> {
    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Override
    public Integer call() throws IOException {
        data.keeper().begin();
        KeysCommand.writeSchemes(data);
        KeysCommand.print(data, spec.commandLine().getOut());
        return 0;
    }
}
