package cn.onecard.settlement.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.SettlementFailure;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A settled day in which somebody has changed something by hand: the verification says where. */
class VerificationTest {
    private static final BusinessDate DAY = BusinessDate.parse("2026-11-24");
    private static final String ROW = " WHERE business_date = '2026-11-24' AND psam_no = 1099511627777 AND psam_seq = 2";
    private static final String PLACE = "PSAM 010000000001 sequence 2 ";

    @TempDir
    Path data;

    private TestLedger ledger;

    @BeforeEach
    void settle() {
        ledger = TestLedger.open(DAY, 2);
        ledger.post(List.of(
                ledger.tap(DAY, TestLedger.card(0), ServiceCode.BUS, 0, 200),
                ledger.tap(DAY, TestLedger.card(1), ServiceCode.BUS, 0, 200),
                ledger.tap(DAY, TestLedger.card(0), ServiceCode.BUS, 0, 200),
                ledger.tap(DAY, TestLedger.card(1), ServiceCode.METRO, 0, 700)));
        night().run(DAY);
    }

    @Test
    void verify_nothingChanged_isEqual() {
        assertThat(night().verify(DAY).isEmpty()).isTrue();
    }

    @Test
    void verify_amountChanged_namesRowAndParty() {
        ledger.owner().query("UPDATE ledger.tap_journal SET amount_fen = 300" + ROW).execute();
        assertThat(lines()).contains(PLACE + "amount_fen is 300 in the ledger and 200 in its sealed copy",
                "party 11, service 1, took 700 fen in 3 taps by the ledger; cleared was 600 fen in 3 taps")
                .anyMatch(line -> line.startsWith("the Merkle root of 2026-11-24 is"));
    }

    @Test
    void verify_cardChanged_namesRowAndMasksTheCard() {
        ledger.owner().query("UPDATE ledger.tap_journal SET card_no = UNHEX('31047799999999999999')" + ROW).execute();
        assertThat(lines()).contains(PLACE + "card_no is 310477**********9999 in the ledger and 310477**********0001 in its sealed copy");
    }

    @Test
    void verify_reasonThatDoesNotExist_namesTheRowAndGoesOn() {
        ledger.owner().query("UPDATE ledger.tap_journal SET reason_code = 99" + ROW).execute();
        assertThat(lines()).contains(PLACE + "reason_code is 99 in the ledger and 0 in its sealed copy",
                "the files cannot be recomputed: no refusal has code 99");
    }

    @Test
    void verify_rowDeleted_namesIt() {
        ledger.owner().query("DELETE FROM ledger.tap_journal" + ROW).execute();
        assertThat(lines()).contains(PLACE + "is missing in the ledger; its sealed copy is there");
    }

    @Test
    void verify_rowAdded_namesIt() {
        ledger.post(List.of(ledger.tap(DAY, TestLedger.card(0), ServiceCode.BUS, 0, 200)));
        assertThat(lines()).contains("PSAM 010000000001 sequence 4 stands in the ledger and not in its sealed copy");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # a column that only the seal covers
        tac = UNHEX('00000063')
        received_at = '2026-11-24 01:00:00.000'
        event_bcd = 1
        debit_account = 2102
        txn_type = 9
        card_class = 2
        key_version = 2
        algorithm_byte = 1
        tariff_version = 2
        flags = 1
        terminal_serial = 99
        frame_digest = UNHEX('01000000000000000000000000000000')
        """)
    void verify_columnOutsideTheCopyChanged_namesTheTerminal(String change) {
        ledger.owner().query("UPDATE ledger.tap_journal SET " + change + ROW).execute();
        assertThat(lines()).anyMatch(line -> line.startsWith("PSAM 010000000001: the seal does not match"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # what is done by hand                                                         | what is said
        UPDATE clearing.sealed_tap SET amount_fen = 1 WHERE psam_seq = 2               | amount_fen is 200 in the ledger and 1 in its sealed copy
        UPDATE clearing.sealed_tap SET reason_code = 21 WHERE psam_seq = 2             | reason_code is 0 in the ledger and 21 in its sealed copy
        UPDATE clearing.psam_seal SET tap_count = 9 WHERE psam_no = 1099511627777      | PSAM 010000000001: the seal does not match
        DELETE FROM clearing.psam_seal WHERE psam_no = 1099511627777                   | the seal knows none
        UPDATE clearing.day_run SET accepted_fen = 1                                   | the books have 4, 1 fen and 0 fen
        UPDATE clearing.day_card SET balance_after_fen = 1 WHERE day_card_no = 1       | is not what follows from its taps
        DELETE FROM clearing.day_card WHERE day_card_no = 2                            | cards are missing after number 1
        UPDATE clearing.cleared_share SET share_fen = 7 WHERE beneficiary_id = 31      | share of party 31 in the takings of party 11, service 1 is
        UPDATE clearing.net_position SET net_fen = 1 WHERE party_id = 12               | net position of party 12 is 700 fen by the ledger and 1 fen in the books
        UPDATE clearing.day_file SET byte_count = 1 WHERE file_name = 'pain001.xml'    | file pain001.xml has another hash in the books
        """)
    void verify_booksChanged_saysWhere(String statement, String said) {
        ledger.owner().query(statement).execute();
        assertThat(lines()).anyMatch(line -> line.contains(said));
    }

    @Test
    void verify_findingInvented_namesTheCard() {
        ledger.owner().query("INSERT INTO clearing.card_finding VALUES ('2026-11-24', UNHEX('31047700000000000001'), 1, 1, 1, 2)").execute();
        assertThat(lines()).contains("card 310477**********0001: a finding in the books does not follow from the taps");
    }

    @Test
    void verify_fileChanged_namesFileAndByte() throws IOException {
        Path file = folder().resolve("statement-12.csv");
        Files.writeString(file, Files.readString(file).replace("700", "701"));
        assertThat(lines()).anyMatch(line -> line.startsWith("file statement-12.csv differs from what the books give, from byte "));
    }

    @Test
    void verify_manifestChanged_signatureDoesNotHold() throws IOException {
        Path file = folder().resolve("manifest.json");
        Files.writeString(file, Files.readString(file) + " ");
        assertThat(lines()).contains("file manifest.sig is not the signature over manifest.json");
    }

    @Test
    void verify_fileMissingAndFileTooMany_namesBoth() throws IOException {
        Files.move(folder().resolve("findings.csv"), folder().resolve("others.csv"));
        assertThat(lines()).contains("file findings.csv is missing", "file others.csv does not belong to the day");
    }

    @Test
    void verify_dayNotPublished_isRefused() {
        night().close(DAY.next());
        assertThatThrownBy(() -> night().verify(DAY.next())).isInstanceOf(SettlementFailure.class).hasMessageContaining("not published yet");
    }

    @Test
    void run_ledgerChangedAfterPublication_leavesTheFilesAlone() {
        ledger.owner().query("UPDATE ledger.tap_journal SET reason_code = 21, credit_account = 2901" + ROW).execute();
        assertThatThrownBy(() -> night().run(DAY)).isInstanceOf(SettlementFailure.class).hasMessageContaining("would not be those that were published");
        assertThat(lines()).anyMatch(line -> line.startsWith(PLACE + "reason_code is 21"));
    }

    private List<String> lines() {
        return night().verify(DAY).lines();
    }

    private Path folder() {
        return data.resolve("settlement").resolve(DAY.toString());
    }

    private Night night() {
        return new Night(TestLedger.dsl(Account.SETTLEMENT), data, Clock.fixed(Instant.parse("2026-11-24T15:30:00Z"), ZoneOffset.UTC),
                Progress.SILENT, 50);
    }
}
