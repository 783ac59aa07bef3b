package cn.onecard.terminal.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.onecard.terminal.reader.Reader;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A private pcscd for the tests of one class, each of which has a process of its own. Where Debian's pcscd and vsmartcard-vpcd are
 *  not installed the tests are skipped, but in CI they fail. */
public final class Pcscd implements AutoCloseable {
    public static final String CITIZEN = PrivatePcscd.readerName(0);
    public static final String PSAM = PrivatePcscd.readerName(1);
    private static final Duration INSERTED_WITHIN = Duration.ofMillis(700);

    private final PrivatePcscd service;

    private Pcscd(PrivatePcscd service) {
        this.service = service;
    }

    /** A configuration that waits for {@link #start}. */
    public static Pcscd prepare(int pairs, String... options) throws IOException {
        Optional<String> missing = PrivatePcscd.missing();
        if ("true".equals(System.getenv("CI"))) {
            assertThat(missing).isEmpty();
        }
        Assumptions.assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        return new Pcscd(PrivatePcscd.prepare(pairs, options));
    }

    /** A running one. */
    public static Pcscd started(int pairs, String... options) throws IOException, InterruptedException {
        Pcscd pcscd = prepare(pairs, options);
        pcscd.start();
        return pcscd;
    }

    public void start() throws IOException, InterruptedException {
        service.start();
    }

    /** Ends the daemon, as an operator would. */
    public void stop() {
        service.stop();
    }

    /** How many pairs of readers there are from the next start on. */
    public void configure(int pairs) throws IOException {
        service.configure(pairs);
    }

    public int citizenPort() {
        return service.port(0);
    }

    public int psamPort() {
        return service.port(1);
    }

    public int port(int reader) {
        return service.port(reader);
    }

    /** Puts a chip into a reader and waits until the reader shows it. The daemon looks every 400 ms and overlooks a chip
     *  that comes right after another was lost, so it is put in again if it is not seen. */
    public VpcdClient insert(VirtualDevice device, int atPort, Reader reader) {
        AtomicReference<@Nullable VpcdClient> inserted = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            VpcdClient overlooked = inserted.getAndSet(null);
            if (overlooked != null) {
                overlooked.close();
                assertThat(reader.awaitAbsent(Duration.ofSeconds(3))).isTrue();
            }
            inserted.set(VpcdClient.insert(device, atPort));
            return reader.awaitPresent(INSERTED_WITHIN);
        });
        return Objects.requireNonNull(inserted.get());
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
