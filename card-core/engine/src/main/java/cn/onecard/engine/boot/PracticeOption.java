package cn.onecard.engine.boot;

import cn.onecard.engine.key.PrivateFile;
import cn.onecard.engine.partner.FaultPlan;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What every partner to practise on is told: where to listen, and what to do wrong. */
final class PracticeOption {
    @Option(names = "--port", defaultValue = "0", description = "port to listen on; 0: any free one")
    private int port;           // written by picocli

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "what keys and faults are made of (default: ${DEFAULT-VALUE})")
    private long seed;          // written by picocli

    @Option(names = "--faults", paramLabel = "F=PERCENT,..", defaultValue = "", description = "what goes wrong how often: slow, drop-before, drop-after, garbage, twice, "
            + "others, wrong-mac, forget-keys")
    private String faults = "";         // written by picocli

    @Option(names = "--late", paramLabel = "MILLIS", defaultValue = "5000", description = "how late a slow answer is (default: ${DEFAULT-VALUE})")
    private long lateMillis;    // written by picocli

    /** Until the program is told to end.
     *
     *  @param ready the line that says that it is ready */
    static void await(CommandSpec spec, String ready) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(told::countDown, "end of " + spec.name()));
        spec.commandLine().getOut().println(ready);
        spec.commandLine().getOut().flush();
        told.await();
    }

    /** Writes the descriptor by which a core reaches a partner. */
    static void writeDescriptor(Path file, Map<String, ?> descriptor) throws IOException {
        PrivateFile.write(file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(descriptor));
    }

    int port() {
        return port;
    }

    long seed() {
        return seed;
    }

    Duration late() {
        return Duration.ofMillis(lateMillis);
    }

    /** The faults, or a message for whoever wrote them. */
    FaultPlan plan(CommandSpec spec) {
        try {
            return FaultPlan.parse(faults, seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--faults: " + e.getMessage(), e);
        }
    }
}
