package cn.onecard.terminal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.terminal.reader.ReaderSettings;
import cn.onecard.terminal.reader.Readers;
import cn.onecard.terminal.sim.PrivatePcscd;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The soak in short, with one handle a reader: whatever is not given back is missed at once. Then a restart. */
class SoakPcscTest {
    private static final int BOOTHS = 15;
    private static final int INSERTIONS = 180;

    @Test
    void run_cardsComeAndGoInAllReaders_allAreServedAndTheRestartedServiceIsFound() throws Exception {
        Optional<String> missing = PrivatePcscd.missing();
        if ("true".equals(System.getenv("CI"))) {
            assertThat(missing).isEmpty();
        }
        Assumptions.assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        try (PrivatePcscd service = PrivatePcscd.prepare(BOOTHS / 2 + 1, "-r", "1", "-s", "1")) {
            service.start();
            try (Readers readers = Readers.pcsc(ReaderSettings.standard())) {
                SoakReport report = new Soak(service, readers).run(BOOTHS, INSERTIONS);
                assertThat(report.stays().insertions()).isEqualTo(INSERTIONS);
                assertThat(report.stays().pulls()).isEqualTo(INSERTIONS / 10);
                assertThat(report.stays().snatches()).isEqualTo(INSERTIONS / 10);
                assertThat(report.waiting().apdus()).isGreaterThan(100);
                assertThat(report.serviceFoundAgain()).isPresent();
            }
        }
    }
}
