package cn.onecard.settlement.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.flow.Night;
import cn.onecard.settlement.testing.TestLedger;
import cn.onecard.sql.Account;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.ServiceCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The payment file, against the published schema and in what it says. */
class CreditTransferFileTest {
    private static final BusinessDate DAY = BusinessDate.parse("2026-11-24");

    @TempDir
    Path data;

    @Test
    void write_partiesAreOwed_isValidAndPaysEachOnceButThePayer() throws IOException {
        Path file = settle();
        assertThatCode(() -> CreditTransferFile.validate(file)).doesNotThrowAnyException();
        assertThat(Files.readString(file))
                .contains("<CreDtTm>2026-11-24T15:30:00.000Z</CreDtTm>", "<ReqdExctnDt>\n        <Dt>2026-11-25</Dt>", "<NbOfTxs>3</NbOfTxs>", "<CtrlSum>204.86</CtrlSum>")
                .contains("<InstdAmt Ccy=\"CNY\">199.60</InstdAmt>", "<InstdAmt Ccy=\"CNY\">5.00</InstdAmt>", "<InstdAmt Ccy=\"CNY\">0.26</InstdAmt>")
                .contains("<EndToEndId>ONECARD-20261124-P11</EndToEndId>", "<Nm>公交集团</Nm>", "<Nm>Metro &amp; Co</Nm>")
                .doesNotContain("-P21");
    }

    @Test
    void validate_amountWithoutCurrency_isRefused() throws IOException {
        Path file = settle();
        Files.writeString(file, Files.readString(file).replace(" Ccy=\"CNY\"", ""));
        assertThatThrownBy(() -> CreditTransferFile.validate(file)).isInstanceOf(SettlementFailure.class).hasMessageContaining("Ccy");
    }

    @Test
    void write_partyWithoutAccount_isRefused() {
        TestLedger ledger = ledger();
        ledger.owner().query("UPDATE ledger.party SET bank_account = '' WHERE party_id = 12").execute();
        assertThatThrownBy(() -> night().run(DAY)).isInstanceOf(SettlementFailure.class).hasMessageContaining("the payment file would not be valid");
    }

    private Path settle() {
        ledger();
        return night().run(DAY).published().folder().resolve(CreditTransferFile.NAME);
    }

    private static TestLedger ledger() {
        TestLedger ledger = TestLedger.open(DAY, 1);
        ledger.post(List.of(ledger.tap(DAY, TestLedger.card(0), ServiceCode.BUS, 0, 20_000),
                ledger.tap(DAY, TestLedger.card(0), ServiceCode.METRO, 0, 500)));
        return ledger;
    }

    private Night night() {
        return new Night(TestLedger.dsl(Account.SETTLEMENT), data, Clock.fixed(Instant.parse("2026-11-24T15:30:00Z"), ZoneOffset.UTC),
                Progress.SILENT, 50);
    }
}
