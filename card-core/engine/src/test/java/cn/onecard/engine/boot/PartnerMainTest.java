package cn.onecard.engine.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.partner.FaultPlan;
import cn.onecard.engine.partner.PartnerFault;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to a partner on its command line. */
class PartnerMainTest {
    private static final Path NOTHING = Path.of("target", "no-partner");

    @ParameterizedTest
    @ValueSource(strings = {"slow", "slow=x", "slow=60,twice=50", "sloow=5", "slow=5;twice=5"})
    void run_faultsThatAreNone_isAWrongCall(String faults) {
        for (String partner : List.of("unionpay", "utility", "medical")) {
            assertThat(PartnerMain.run(partner, "--faults", faults, "--data", NOTHING.toString())).isEqualTo(2);
        }
        assertThat(NOTHING).as("no keys of a partner that never was").doesNotExist();
        assertThatThrownBy(() -> FaultPlan.parse(faults, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void run_keyOfAnInstitutionThatIsNone_isAWrongCall() {
        assertThat(PartnerMain.run("medical", "--sign", "SM2", "--institution-key", "AAAA")).isEqualTo(2);
        assertThat(PartnerMain.run("medical", "--sign", "ED25519")).isEqualTo(2);
    }

    @Test
    void faultPlan_tenPercent_comesSoOften() {
        FaultPlan plan = FaultPlan.parse("drop-after=10, others=5", 1);

        assertThat(Stream.generate(plan).limit(10_000).filter(fault -> fault == PartnerFault.DROP_AFTER).count()).isBetween(900L, 1_100L);
        assertThat(Stream.generate(FaultPlan.parse("", 1)).limit(100)).containsOnly(PartnerFault.NONE);
    }
}
