package cn.onecard.settlement.clear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.settlement.day.Services;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.testing.TestLedger;
import cn.onecard.sql.Account;
import cn.onecard.vocabulary.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fee rules: which one applies, and what is not accepted as a rule. */
class FeeVersionTest {
    private static final LocalDate FROM = LocalDate.of(2026, 1, 1);
    private static final PartyId PARTY = new PartyId(11);

    @TempDir
    Path folder;

    @Test
    void weights_partyIsNamed_itsOwnRulesApply() {
        FeeVersion version = new FeeVersion(1, FROM, List.of(rule(0, 21, 500), rule(0, 0, 99_500), rule(11, 0, 100_000)));
        assertThat(version.weights(PARTY, TestLedger.BUS)).isEqualTo(Map.of(PARTY, 100_000L));
        assertThat(version.weights(new PartyId(12), TestLedger.BUS)).isEqualTo(Map.of(new PartyId(21), 500L, new PartyId(12), 99_500L));
    }

    @Test
    void weights_partyIsNamedAsItsOwnBeneficiary_addsBothWeights() {
        FeeVersion version = new FeeVersion(1, FROM, List.of(rule(0, 11, 40_000), rule(0, 0, 60_000)));
        assertThat(version.weights(PARTY, TestLedger.BUS)).isEqualTo(Map.of(PARTY, 100_000L));
    }

    @Test
    void weights_serviceWithoutRule_areEmpty() {
        FeeVersion version = new FeeVersion(1, FROM, List.of(rule(11, 0, 100_000)));
        assertThat(version.weights(PARTY, TestLedger.METRO)).isEmpty();
    }

    @Test
    void make_weightsDoNotAddUp_isRefused() {
        assertThatThrownBy(() -> new FeeVersion(3, FROM, List.of(rule(11, 0, 99_999))))
                .isInstanceOf(SettlementFailure.class).hasMessage("fee version 3 is wrong: party 11, BUS: the weights add up to 99999, not 100000");
    }

    @Test
    void make_beneficiaryTwice_isRefused() {
        assertThatThrownBy(() -> new FeeVersion(3, FROM, List.of(rule(11, 0, 50_000), rule(11, 0, 50_000))))
                .isInstanceOf(SettlementFailure.class).hasMessageContaining("beneficiary 0 twice");
    }

    @Test
    void read_goodFile_givesVersionsInOrder() throws IOException {
        Path file = write("2,2026-06-01,0,METRO,0,100000", "1,2026-01-01,0,BUS,21,500", "1,2026-01-01,0,BUS,0,99500");
        assertThat(FeeFile.read(file, services())).extracting(FeeVersion::number).containsExactly(1, 2);
    }

    @Test
    void read_unknownService_namesTheLine() throws IOException {
        Path file = write("1,2026-01-01,0,BUS,0,100000", "1,2026-01-01,0,TRAM,0,100000");
        assertThatThrownBy(() -> FeeFile.read(file, services())).isInstanceOf(SettlementFailure.class).hasMessageContaining("line 3").hasMessageContaining("TRAM");
    }

    @Test
    void read_twoDatesForOneVersion_namesTheLine() throws IOException {
        Path file = write("1,2026-01-01,0,BUS,0,100000", "1,2026-02-01,0,METRO,0,100000");
        assertThatThrownBy(() -> FeeFile.read(file, services())).isInstanceOf(SettlementFailure.class).hasMessageContaining("line 3");
    }

    private Path write(String... lines) throws IOException {
        Path file = folder.resolve("fees.csv");
        Files.writeString(file, "fee_version,valid_from,party_id,service,beneficiary_id,share_weight\n" + String.join("\n", lines) + "\n");
        return file;
    }

    private static Services services() {
        return Services.load(TestLedger.dsl(Account.SETTLEMENT));
    }

    private static FeeRule rule(int party, int beneficiary, long weight) {
        return new FeeRule(party, TestLedger.BUS, beneficiary, weight);
    }
}
