package cn.onecard.engine.testing;

import cn.onecard.engine.key.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A soft token (SoftHSM) for tests: one for the whole process, made when it is first asked for, in the folder of the build. The library
 *  finds it by the variable {@code SOFTHSM2_CONF}, which the build sets. What real tokens do to a program is done to it: sessions end, the
 *  library ends, the token is pulled. */
public final class SoftToken {
    public static final String LABEL = "onecard test";
    public static final String PIN = "4711";
    public static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");

    private static final class Holder {
        private static final SoftToken ONLY = make();
    }

    private final Path tokens;

    private SoftToken(Path tokens) {
        this.tokens = tokens;
    }

    /** The token. Where there can be none, the test that asks is skipped. */
    public static SoftToken orSkip() {
        Assumptions.assumeTrue(Files.exists(LIBRARY) && Files.isExecutable(Path.of("/usr/bin/softhsm2-util")), "needs Debian's softhsm2: no " + LIBRARY);
        Assumptions.assumeTrue(configuration().endsWith(Path.of("target", "softhsm", "softhsm2.conf")),
                "needs the variable SOFTHSM2_CONF as the build sets it: a token elsewhere is somebody's own");
        return Holder.ONLY;
    }

    /** Makes a folder of secrets name this token as the keeper of its keys. */
    public void keepKeysOf(Path secrets) throws IOException {
        PrivateFile.write(secrets.resolve("token.pin"), (PIN + "\n").getBytes(StandardCharsets.US_ASCII));
        name(secrets, LABEL);
    }

    /** Makes a folder of secrets name a token of that label. */
    public void name(Path secrets, String label) throws IOException {
        PrivateFile.write(secrets.resolve("keys.json"), """
                {"keeper": "token", "library": "%s", "label": "%s", "pin": "token.pin"}
                """.formatted(LIBRARY, label).getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the library under the program's feet, and with it all sessions. */
    public void end() {
        call("C_Finalize", FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS), MemorySegment.NULL);
    }

    /** Ends all sessions of a slot, and the login with them. */
    public void closeSessions(long slot) {
        call("C_CloseAllSessions", FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG), slot);
    }

    /** Pulls the token. */
    public void pull() throws IOException {
        Files.move(tokens, away());
        Files.createDirectory(tokens);
        end();
    }

    /** Puts the token back in. */
    public void putBack() throws IOException {
        Files.delete(tokens);
        Files.move(away(), tokens);
        end();
    }

    private Path away() {
        return tokens.resolveSibling("pulled");
    }

    private static Path configuration() {
        return Path.of(Optional.ofNullable(System.getenv("SOFTHSM2_CONF")).orElse("")).toAbsolutePath();
    }

    private static SoftToken make() {
        Path configuration = configuration();
        Path folder = configuration.resolveSibling("");
        Path tokens = folder.resolve("tokens");
        try {
            clear(folder);
            Files.createDirectories(tokens);
            Files.writeString(configuration, "directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n".formatted(tokens));
            Process made = new ProcessBuilder("softhsm2-util", "--init-token", "--free", "--label", LABEL, "--so-pin", "471100", "--pin", PIN)
                    .redirectErrorStream(true).redirectOutput(folder.resolve("softhsm2-util.out").toFile()).start();
            if (!made.waitFor(60, TimeUnit.SECONDS) || made.exitValue() != 0) {
                throw new IllegalStateException(Files.readString(folder.resolve("softhsm2-util.out")));
            }
            return new SoftToken(tokens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> old;
            try (Stream<Path> all = Files.walk(folder)) {
                old = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : old) {
                Files.delete(path);
            }
        }
    }

    @SuppressWarnings("restricted")     // a test may call the library
    private static void call(String function, FunctionDescriptor form, Object... arguments) {
        try {
            long answer = (long) Linker.nativeLinker().downcallHandle(SymbolLookup.libraryLookup(LIBRARY, Arena.global()).findOrThrow(function), form)
                    .invokeWithArguments(arguments);
            if (answer != 0) {
                throw new IllegalStateException("%s answers 0x%X".formatted(function, answer));
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native function throws nothing", e);
        }
    }
}
