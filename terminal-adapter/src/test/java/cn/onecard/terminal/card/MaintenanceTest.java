package cn.onecard.terminal.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.purse.PurseCrypto;
import cn.onecard.terminal.card.InternalAuthenticate.Mode;
import cn.onecard.terminal.sam.Psam;
import cn.onecard.terminal.sim.Chips;
import cn.onecard.terminal.sim.Probe;
import cn.onecard.terminal.sim.VirtualCard;
import cn.onecard.terminal.sim.VirtualPsam;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of holder and issuer, byte by byte, and on a card. */
class MaintenanceTest {
    private static final byte[] KEY = HexFormat.of().parseHex("00112233445566778899AABBCCDDEEFF");
    private static final byte[] MASTER = HexFormat.of().parseHex("11223344556677888877665544332211");
    private static final TerminalId TERMINAL = TerminalId.ofHex("001122334455");
    private static final int PIN_KEY = 0;
    private static final int KEY_ID = 1;
    private static final Pin PIN = Pin.ofDigits("1234");
    private static final Pin OTHER = Pin.ofDigits("98765");
    private static final LineMac ISSUER = (challenge, command) -> PurseCrypto.secureMessagingMac(KEY, challenge, command);

    @Test
    void commands_asTheManualDrawsThem_areByteForByte() {
        assertBytes(VerifyPin.command(1, Pin.ofDigits("123456")), "0020000103123456");
        assertBytes(ChangePin.command(0, PIN, OTHER), "805E010006" + "1234" + "FF" + "98765F");
        assertBytes(ReloadPin.command(0, PIN, 0x01020304), "805E000006" + "1234" + "01020304");
        assertBytes(ExternalAuthenticate.command(1, HexFormat.of().parseHex("74B0047DD681D96C")), "008200010874B0047DD681D96C");
        assertBytes(InternalAuthenticate.command(Mode.DECIPHER, 2, new byte[8]), "0088010208" + "00".repeat(8) + "00");
        assertBytes(UpdateCappDataCache.command(0x02, 0x1A, new byte[128]), "80DC02D080" + "00".repeat(128));
        assertBytes(UpdateCappDataCache.command(0x00, 0x1E, new byte[48]), "80DC00F030" + "00".repeat(48));
        assertBytes(UpdateCappDataCache.command(0xAA, 0x19, new byte[43]), "80DCAAC82B" + "00".repeat(43));
        assertBytes(InitForUnload.command(Money.ofFen(0x2000), TERMINAL, 2), "805005020B020000200000112233445510");
        assertBytes(DebitForUnload.command(new EventTime(0x20161216105800L), 0x8AFA5718), "805403000B201612161058008AFA571804");
        assertThat(ProtectedCommand.input(0x841E0000, new byte[0])).asHexString().isEqualTo("841E000004");
        assertThat(ProtectedCommand.input(0x04D69500, new byte[2])).asHexString().isEqualTo("04D6950006" + "0000");
    }

    /** The published key-loading example: challenge, header, enciphered key, MAC. */
    @Test
    void protectedCommand_publishedExample_hasThePublishedMac() {
        byte[] enciphered = HexFormat.of().parseHex("DCC0BB5793ABFCA2CA8C1624822F6E01A86A0B5CBED191DD");
        byte[] input = ProtectedCommand.input(0x84D40000, enciphered);
        assertThat(PurseCrypto.secureMessagingMac(KEY, Arrays.copyOf(HexFormat.of().parseHex("5D72B3FD"), 8), input)).isEqualTo(0x8A9D4ADB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"123", "1234567890123", "12 4", ""})
    void pin_isNone_isRefused(String digits) {
        assertThatThrownBy(() -> Pin.ofDigits(digits)).isInstanceOf(IllegalArgumentException.class);
        assertThat(PIN).hasToString("****");
    }

    @Test
    void pin_wrongUntilLocked_isUnblockedByTheIssuer() throws Exception {
        try (SimSlot slot = new SimSlot(card())) {
            Purse purse = Purse.select(slot.link(), CardFamily.STANDARD);
            CardMaintenance maintenance = maintenance(slot, purse, ISSUER);
            purse.verifyPin(PIN_KEY, PIN);
            for (int left = 2; left >= 0; left--) {
                int expected = left;
                assertThatThrownBy(() -> purse.verifyPin(PIN_KEY, OTHER)).isInstanceOfSatisfying(CardRefused.class, refused -> {
                    assertThat(refused.status()).isEqualTo(StatusWord.WRONG_CREDENTIAL);
                    assertThat(refused.triesLeft()).hasValue(expected);
                });
            }
            assertRefused(() -> purse.verifyPin(PIN_KEY, PIN), StatusWord.KEY_LOCKED);
            maintenance.unblockPin(PIN_KEY, PurseCrypto.secureMessagingEncrypt(KEY, PIN.bytes()));
            maintenance.changePin(PIN_KEY, PIN, OTHER);
            purse.verifyPin(PIN_KEY, OTHER);
            maintenance.reloadPin(PIN_KEY, PIN, PurseCrypto.mac(Algorithm.TDES, PurseCrypto.tacKey(Algorithm.TDES, KEY), PIN.bytes()));
            purse.verifyPin(PIN_KEY, PIN);
        }
    }

    @Test
    void authenticate_keyIsRight_bothSidesBelieveIt() throws Exception {
        try (SimSlot slot = new SimSlot(card())) {
            CardMaintenance maintenance = maintenance(slot, Purse.select(slot.link(), CardFamily.STANDARD), ISSUER);
            byte[] block = Arrays.copyOf(maintenance.challenge(4), 8);
            maintenance.authenticate(KEY_ID, PurseCrypto.encryptBlock(Algorithm.TDES, KEY, block));
            assertThat(maintenance.encipher(KEY_ID, block)).isEqualTo(PurseCrypto.encryptBlock(Algorithm.TDES, KEY, block));
            assertThat(maintenance.mac(KEY_ID, block)).hasSize(4);
            assertRefused(() -> maintenance.authenticate(KEY_ID, new byte[8]), StatusWord.CONDITIONS_NOT_MET);
            maintenance.challenge(8);
            assertRefused(() -> maintenance.authenticate(KEY_ID, new byte[8]), StatusWord.WRONG_CREDENTIAL);
        }
    }

    @Test
    void update_lineProtected_isWrittenOnce() throws Exception {
        Probe probe = new Probe(card());
        try (SimSlot slot = new SimSlot(probe)) {
            Purse purse = Purse.select(slot.link(), CardFamily.STANDARD);
            maintenance(slot, purse, ISSUER).update(0x17, 10, new byte[] {0x03});
            assertThat(purse.read().cardKind()).isEqualTo(3);
            probe.clear();
            assertRefused(() -> maintenance(slot, purse, (_, _) -> 0).update(0x17, 10, new byte[] {0x01}), StatusWord.SECURE_MESSAGING);
            assertThat(probe.commands()).as("never tried again").hasSize(2);
            assertThat(purse.read().cardKind()).isEqualTo(3);
        }
    }

    @Test
    void block_byThePsamsKey_isSeenAtTheNextSelectAndLiftedByTheIssuer() throws Exception {
        VirtualCard card = card();
        VirtualPsam chip = Chips.psam(Chips.TERMINAL);
        chip.setMaintenanceKey(2, MASTER);
        try (SimSlot slot = new SimSlot(card); SimSlot sam = new SimSlot(chip)) {
            Purse purse = Purse.select(slot.link(), CardFamily.STANDARD);
            CardFamily family = purse.family();
            List<byte[]> factors = family.factors().factors(Chips.CARD, Chips.ISSUER, Chips.CITY);
            byte[] cardKey = family.factors().cardKey(Algorithm.TDES, MASTER, Chips.CARD, Chips.ISSUER, Chips.CITY);
            card.setMaintenanceKey(cardKey);
            Psam psam = Psam.select(sam.link());
            purse.block(false, psam.lineMac(family.keys().orElseThrow().lockKeyIndex(), factors));
            assertRefused(() -> Purse.select(slot.link(), CardFamily.STANDARD), StatusWord.BLOCKED);
            assertRefused(purse::balance, StatusWord.BLOCKED);
            maintenance(slot, purse, (challenge, command) -> PurseCrypto.secureMessagingMac(cardKey, challenge, command)).unblockApplication();
            assertThat(Purse.select(slot.link(), CardFamily.STANDARD).balance()).isEqualTo(Money.ofFen(1000));
            assertRefused(() -> psam.lineMac(7, factors).mac(new byte[8], new byte[5]), StatusWord.KEY_NOT_FOUND);
        }
    }

    @Test
    void block_forGoodOrThreeWrongMacs_cannotBeLifted() throws Exception {
        try (SimSlot slot = new SimSlot(card())) {
            Purse purse = Purse.select(slot.link(), CardFamily.STANDARD);
            purse.block(true, ISSUER);
            assertRefused(() -> maintenance(slot, purse, ISSUER).unblockApplication(), StatusWord.BLOCKED);
        }
        try (SimSlot slot = new SimSlot(card())) {
            Purse purse = Purse.select(slot.link(), CardFamily.STANDARD);
            for (int wrong = 0; wrong < 2; wrong++) {
                assertRefused(() -> purse.block(false, (_, _) -> 0), StatusWord.SECURE_MESSAGING);
            }
            assertRefused(() -> purse.block(false, (_, _) -> 0), StatusWord.BLOCKED);
        }
    }

    @Test
    void cardBlock_cardDoesNotKnowIt_isTyped() throws Exception {
        try (SimSlot slot = new SimSlot(card())) {
            CardMaintenance maintenance = maintenance(slot, Purse.select(slot.link(), CardFamily.STANDARD), ISSUER);
            assertThatThrownBy(maintenance::blockCard).isInstanceOf(CardRefused.class);
            assertThatThrownBy(() -> maintenance.initForUnload(Money.ofFen(1), TERMINAL, 1)).isInstanceOf(CardRefused.class);
            assertThatThrownBy(() -> maintenance.debitForUnload(new EventTime(0), 0)).isInstanceOf(CardRefused.class);
        }
    }

    private static VirtualCard card() {
        VirtualCard card = Chips.card(Chips.CARD, Algorithm.TDES, Money.ofFen(1000));
        card.setMaintenanceKey(KEY);
        card.setPin(PIN.bytes());
        return card;
    }

    private static CardMaintenance maintenance(SimSlot slot, Purse purse, LineMac macs) {
        return new CardMaintenance(slot.link(), purse.family(), macs);
    }

    private static void assertRefused(ThrowingCallable call, StatusWord status) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CardRefused.class, refused -> assertThat(refused.status()).isEqualTo(status));
    }

    private static void assertBytes(Command command, String hex) {
        assertThat(command.bytes()).asHexString().isEqualTo(hex);
    }
}
