package cn.onecard.terminal.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import cn.onecard.purse.PurseCrypto;
import cn.onecard.purse.PurseInput;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.terminal.reader.ReaderSettings;
import cn.onecard.terminal.reader.Readers;
import cn.onecard.terminal.sim.Chips;
import cn.onecard.terminal.sim.Probe;
import cn.onecard.terminal.sim.SimReaders;
import cn.onecard.terminal.sim.VirtualCard;
import cn.onecard.terminal.sim.VirtualReader;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TerminalId;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The two load commands on a card in the simulator, with the test as its host. */
class LoadTest {
    private static final byte[] DLK = HexFormat.of().parseHex("00112233445566778899AABBCCDDEEFF");
    private static final Money OPENING = Money.ofFen(1_000);
    private static final Money AMOUNT = Money.ofFen(5_000);
    private static final EventTime HOST_TIME = new EventTime(0x2026_1125_1200_00L);
    private static final int LOAD = 2;
    private static final int KEY_INDEX = 1;

    private final SimReaders sims = new SimReaders();
    private final VirtualReader slot = sims.add("card");
    private final Readers readers = sims.readers(ReaderSettings.standard());

    @AfterEach
    void close() {
        readers.close();
    }

    @Test
    void commands_publishedLoadTrace_areByteForByte() {
        TerminalId terminal = TerminalId.ofHex("001122334455");
        assertThat(InitForLoad.command(Money.ofFen(0x2000), terminal, 2).bytes()).asHexString().isEqualTo("805000020B020000200000112233445510");
        assertThat(CreditForLoad.command(new EventTime(0x20161216105800L), 0x8AFA5718).bytes()).asHexString().isEqualTo("805200000B201612161058008AFA571804");
        assertThatThrownBy(() -> InitForLoad.command(Money.ofFen(1L << 32), terminal, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void load_hostIsTrue_isCreditedAndProven(Algorithm algorithm) throws Exception {
        VirtualCard card = card(algorithm);
        Purse purse = insert(new Probe(card));
        for (int loads = 0; loads < 3; loads++) {
            LoadInit init = purse.initForLoad(AMOUNT, Chips.TERMINAL, KEY_INDEX);
            assertThat(init.balance()).isEqualTo(card.balance());
            assertThat(init.onlineCounter()).isEqualTo(loads);
            assertThat(init.keyVersion()).isEqualTo(card.profile().keyVersion());
            assertThat(init.mac1()).isEqualTo(mac(algorithm, init, PurseInput.loadMac1(init.balance(), AMOUNT, LOAD, Chips.TERMINAL)));
            Tac tac = purse.creditForLoad(HOST_TIME, mac(algorithm, init, PurseInput.loadMac2(AMOUNT, LOAD, Chips.TERMINAL, HOST_TIME)));
            assertThat(purse.balance()).isEqualTo(init.balance().plus(AMOUNT));
            assertThat(tac).isEqualTo(Chips.loadTacOf(card, init.onlineCounter(), AMOUNT, HOST_TIME));
        }
    }

    @Test
    void load_hostIsNotTrue_isRefusedAndNothingHappened() throws Exception {
        VirtualCard card = card(Algorithm.TDES);
        Purse purse = insert(new Probe(card));
        LoadInit init = purse.initForLoad(AMOUNT, Chips.TERMINAL, KEY_INDEX);
        int mac2 = mac(Algorithm.TDES, init, PurseInput.loadMac2(AMOUNT, LOAD, Chips.TERMINAL, HOST_TIME));
        assertThatThrownBy(() -> purse.creditForLoad(HOST_TIME, mac2 ^ 1)).asInstanceOf(type(CardRefused.class)).extracting(CardRefused::status)
                .isEqualTo(StatusWord.MAC_WRONG);
        assertThatThrownBy(() -> purse.creditForLoad(HOST_TIME, mac2)).as("MAC2 belongs to one INIT").asInstanceOf(type(CardRefused.class))
                .extracting(CardRefused::status).isEqualTo(StatusWord.NO_INIT);
        assertThat(card.balance()).isEqualTo(OPENING);
    }

    @Test
    void load_cardIsTornAwayAfterTheCredit_endsInAFaultAndTheCounterTells() throws Exception {
        VirtualCard card = card(Algorithm.TDES);
        Probe probe = new Probe(card);
        Purse purse = insert(probe);
        LoadInit init = purse.initForLoad(AMOUNT, Chips.TERMINAL, KEY_INDEX);
        probe.tear(1, false, slot::remove);
        assertThatThrownBy(() -> purse.creditForLoad(HOST_TIME, mac(Algorithm.TDES, init, PurseInput.loadMac2(AMOUNT, LOAD, Chips.TERMINAL, HOST_TIME))))
                .isInstanceOf(ReaderFault.class);
        probe.clear();
        assertThat(insert(probe).initForLoad(AMOUNT, Chips.TERMINAL, KEY_INDEX).onlineCounter()).isEqualTo(init.onlineCounter() + 1);
        assertThat(card.balance()).isEqualTo(OPENING.plus(AMOUNT));
    }

    private Purse insert(Probe probe) throws Exception {
        slot.insert(probe);
        return Purse.select(readers.reader("card").connect(), CardFamily.STANDARD);
    }

    private static VirtualCard card(Algorithm algorithm) {
        VirtualCard card = Chips.card(Chips.CARD, algorithm, OPENING);
        card.setLoadKey(DLK);
        return card;
    }

    /** The host's side of MAC1 and MAC2. */
    private static int mac(Algorithm algorithm, LoadInit init, byte[] input) {
        byte[] random = ByteBuffer.allocate(4).putInt(init.random()).array();
        return PurseCrypto.mac(algorithm, PurseCrypto.loadSessionKey(algorithm, DLK, random, init.onlineCounter()), input);
    }
}
