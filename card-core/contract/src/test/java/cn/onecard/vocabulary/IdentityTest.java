package cn.onecard.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small words: terminal numbers, sequences, counters, TACs, parties, business dates. */
class IdentityTest {
    @ParameterizedTest
    @CsvSource({"000000000000,0", "010203040506,1108152157446", "FFFFFFFFFFFF,281474976710655"})
    void terminalId_twelveDigits_isTheNumberAndBack(String hex, long value) {
        assertThat(TerminalId.ofHex(hex)).isEqualTo(new TerminalId(value)).hasToString(hex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01020304050", "0102030405060", "01020304050G", "0x0203040506", "-10203040506"})
    void terminalId_notTwelveHexDigits_isRefused(String hex) {
        assertThatIllegalArgumentException().isThrownBy(() -> TerminalId.ofHex(hex));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 48, Long.MAX_VALUE, Long.MIN_VALUE})
    void terminalId_moreThanSixBytes_isRefused(long value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new TerminalId(value));
    }

    @Test
    void terminalId_compared_isOrderedAsANumber() {
        assertThat(TerminalId.ofHex("FFFFFFFFFFFF")).isGreaterThan(TerminalId.ofHex("7FFFFFFFFFFF"));
    }

    @Test
    void tapKey_fourByteSequence_isTaken() {
        assertThat(new TapKey(TerminalId.ofHex("010203040506"), 0xFFFF_FFFFL)).hasToString("010203040506/4294967295");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x1_0000_0000L})
    void tapKey_sequenceBeyondFourBytes_isRefused(long sequence) {
        assertThatIllegalArgumentException().isThrownBy(() -> new TapKey(new TerminalId(1), sequence));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65535})
    void cardCounter_twoBytes_isTaken(int value) {
        assertThat(new CardCounter(value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536, Integer.MIN_VALUE})
    void cardCounter_beyondTwoBytes_isRefused(int value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new CardCounter(value));
    }

    @ParameterizedTest
    @CsvSource({"00000000,true", "FFFFFFFF,true", "00000001,false", "FFFFFFFE,false", "80000000,false", "8AF270DC,false"})
    void tac_allZerosOrAllOnes_standsForNone(String hex, boolean absent) {
        Tac tac = new Tac(Integer.parseUnsignedInt(hex, 16));

        assertThat(tac.isAbsent()).isEqualTo(absent);
        assertThat(tac).hasToString(hex);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void partyId_notPositive_isRefused(int value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PartyId(value));
    }

    @Test
    void businessDate_written_isReadBackAndHasANext() {
        BusinessDate leapEve = BusinessDate.parse("2024-02-28");

        assertThat(leapEve.next()).hasToString("2024-02-29").isGreaterThan(leapEve);
        assertThat(leapEve).isEqualTo(new BusinessDate(LocalDate.of(2024, 2, 28)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2025-02-29", "20250101", "2025-1-1", "today"})
    void businessDate_noDate_isRefused(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> BusinessDate.parse(text));
    }
}
