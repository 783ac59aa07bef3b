package cn.onecard.engine.boot;

import cn.onecard.engine.key.KeyCeremony;
import cn.onecard.engine.key.KeyId;
import cn.onecard.engine.key.KeyUsage;
import cn.onecard.vocabulary.Algorithm;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Brings one component of a master key. */
@Command(name = "ceremony", description = {"Brings one component (分量) of a master key: each holder calls it alone. The key is the XOR of all components.",
    "The check value (KCV) is the first three bytes of a block of zeros enciphered (ECB), of a component as of the key."}, mixinStandardHelpOptions = true)
final class KeysCeremonyCommand implements Callable<Integer> {
    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--usage", required = true, paramLabel = "U", description = "${COMPLETION-CANDIDATES}")
    private KeyUsage usage = KeyUsage.PURCHASE;     // written by picocli

    @Option(names = "--version", required = true, paramLabel = "N", description = "version of the key")
    private int version;        // written by picocli

    @Option(names = "--algorithm", defaultValue = "TDES", paramLabel = "A", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Algorithm algorithm = Algorithm.TDES;       // written by picocli

    @Option(names = "--components", defaultValue = "3", paramLabel = "N", description = "of how many components the key is made (default: ${DEFAULT-VALUE})")
    private int components;     // written by picocli

    @Option(names = "--holder", defaultValue = "", paramLabel = "NAME", description = "who brings the component; another person for each")
    private String holder = "";     // written by picocli

    @Option(names = "--check-value", paramLabel = "KCV", description = "what the component's check value must be")
    private @Nullable String checkValue;        // written by picocli

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();       // written by picocli

    /** Where the component comes from. */
    static final class Source {
        @Option(names = "--generate", description = "make the component, and show it once")
        private boolean generate;       // written by picocli

        @Option(names = "--enter", description = "ask for the component, which is not shown")
        private boolean enter;      // written by picocli

        @Option(names = "--component", paramLabel = "FILE", description = "read the component, 32 hexadecimal digits")
        private @Nullable Path file;        // written by picocli

        @Option(names = "--abandon", description = "forget what was brought for this key")
        private boolean abandon;        // written by picocli
    }

    @Override
    public Integer call() throws IOException {
        KeyCeremony ceremony = new KeyCeremony(data.fullKeeper());
        KeyCeremony.Plan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        if (source.abandon) {
            out.println(ceremony.abandon(plan.id()) + " components forgotten");
            return 0;
        }
        byte[] component = source.generate ? KeyCeremony.generate(algorithm) : parse(source.enter ? ask() : read());
        if (checkValue != null && !checkValue.equalsIgnoreCase(KeyCeremony.checkValue(algorithm, component))) {
            throw new OperationFailed("the component has check value " + KeyCeremony.checkValue(algorithm, component) + ", not " + checkValue);
        }
        KeyCeremony.Brought brought = ceremony.bring(plan, holder, component);
        if (source.generate) {
            out.println("write this down, it is not shown again:  " + grouped(component));
        }
        out.printf("component %d of %d, brought by %s, check value %s%n", brought.number(), components, holder, brought.checkValue());
        brought.keyCheckValue().ifPresent(kcv -> out.printf("%s version %d %s is complete, check value %s%n", usage, version, algorithm, kcv));
        out.flush();
        return 0;
    }

    private KeyCeremony.Plan plan() {
        try {
            return new KeyCeremony.Plan(new KeyId(usage, version, algorithm), components);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private String read() throws IOException {
        Path file = source.file;
        if (file == null || !Files.isReadable(file)) {
            throw new OperationFailed("there is no component " + file);
        }
        return Files.readString(file, StandardCharsets.US_ASCII);
    }

    private static String ask() {
        Console console = Objects.requireNonNull(System.console(), "since JDK 22 there always is one");
        if (!console.isTerminal()) {
            throw new OperationFailed("there is nobody to ask: --component FILE reads a component");
        }
        char[] entered = console.readPassword("component (32 hexadecimal digits, not shown): ");
        if (entered == null) {
            throw new OperationFailed("no component was entered");
        }
        return new String(entered);
    }

    private static byte[] parse(String text) {
        try {
            return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new OperationFailed("a component is 32 hexadecimal digits");
        }
    }

    /** In groups of four digits, to be copied by hand. */
    private static String grouped(byte[] component) {
        return HexFormat.of().withUpperCase().formatHex(component).replaceAll("(.{4})(?=.)", "$1 ");
    }
}
