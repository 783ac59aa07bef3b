package cn.onecard.purse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cn.onecard.purse.PurseInput.TerminalTime;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The strings under the codes, byte by byte. */
class PurseInputTest {
    private static final Money AMOUNT = Money.ofFen(0xC8);
    private static final TerminalId TERMINAL = TerminalId.ofHex("F10203040506");
    private static final EventTime TIME = new EventTime(0x20250102030405L);

    @Test
    void purchaseMac1_ordinary_isAmountTypeTerminalDateTime() {
        assertThat(Vector.hex(PurseInput.purchaseMac1(AMOUNT, 0x06, TERMINAL, TIME)))
                .isEqualTo("000000C8" + "06" + "F10203040506" + "20250102030405");
    }

    @Test
    void purchaseMac2_ordinary_isTheAmount() {
        assertThat(Vector.hex(PurseInput.purchaseMac2(AMOUNT))).isEqualTo("000000C8");
    }

    @Test
    void purchaseTac_sequenceAboveTwoToThe31_isWrittenUnsigned() {
        assertThat(Vector.hex(PurseInput.purchaseTac(AMOUNT, 0x09, new TapKey(TERMINAL, 0x8001_0203L), TIME)))
                .isEqualTo("000000C8" + "09" + "F10203040506" + "80010203" + "20250102030405");
    }

    @Test
    void loadMac1_ordinary_isOldBalanceAmountTypeTerminal() {
        assertThat(Vector.hex(PurseInput.loadMac1(Money.ofFen(0x3E8), AMOUNT, 0x02, TERMINAL)))
                .isEqualTo("000003E8" + "000000C8" + "02" + "F10203040506");
    }

    @Test
    void loadMac2_ordinary_isAmountTypeTerminalDateTime() {
        assertThat(Vector.hex(PurseInput.loadMac2(AMOUNT, 0x02, TERMINAL, TIME)))
                .isEqualTo("000000C8" + "02" + "F10203040506" + "20250102030405");
    }

    @Test
    void loadTac_ordinary_isNewBalanceCounterAmountTypeTerminalDateTime() {
        assertThat(Vector.hex(PurseInput.loadTac(Money.ofFen(0x4B0), 0xFFFE, AMOUNT, 0x02, new TerminalTime(TERMINAL, TIME))))
                .isEqualTo("000004B0" + "FFFE" + "000000C8" + "02" + "F10203040506" + "20250102030405");
    }

    @Test
    void purchaseMac2_largestAmount_fillsFourBytes() {
        assertThat(Vector.hex(PurseInput.purchaseMac2(Money.ofFen(0xFFFF_FFFFL)))).isEqualTo("FFFFFFFF");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x1_0000_0000L, Long.MIN_VALUE, Long.MAX_VALUE})
    void purchaseMac2_amountThatNoCardCanHold_isRefused(long fen) {
        assertThatIllegalArgumentException().isThrownBy(() -> PurseInput.purchaseMac2(Money.ofFen(fen)));
    }
}
