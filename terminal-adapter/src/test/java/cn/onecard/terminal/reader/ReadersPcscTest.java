package cn.onecard.terminal.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cn.onecard.terminal.pcsc.PcscProvider;
import cn.onecard.terminal.sim.Chips;
import cn.onecard.terminal.sim.Pcscd;
import cn.onecard.terminal.sim.PrivatePcscd;
import cn.onecard.terminal.sim.Probe;
import cn.onecard.terminal.sim.Stubborn;
import cn.onecard.terminal.sim.VirtualCard;
import cn.onecard.terminal.sim.VpcdClient;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.Money;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.CommandAPDU;
import javax.smartcardio.TerminalFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The house's own provider against a real PC/SC service with four virtual readers, through the bare javax.smartcardio interface. */
class ReadersPcscTest {
    private static final CommandAPDU SELECT = new CommandAPDU(HexFormat.of().parseHex("00A404000E325041592E5359532E444446303100"));
    private static final long MILLIS = 10_000;
    private static Pcscd pcscd;
    private static Readers readers;
    private CardTerminals terminals;

    @BeforeAll
    static void start() throws Exception {
        pcscd = Pcscd.started(2);
        readers = Readers.pcsc(ReaderSettings.standard());
    }

    @AfterAll
    static void end() throws Exception {
        if (pcscd != null) {
            readers.close();
            pcscd.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        terminals = TerminalFactory.getInstance(PcscProvider.TYPE, null, new PcscProvider()).terminals();
    }

    @AfterEach
    void close() throws Exception {
        ((AutoCloseable) terminals).close();
    }

    @Test
    void list_severalReaders_areFoundByNameAndState() throws Exception {
        assertThat(terminals.list()).extracting(CardTerminal::getName)
                .containsExactlyElementsOf(IntStream.range(0, 4).mapToObj(PrivatePcscd::readerName).toList());
        assertThat(terminals.list(CardTerminals.State.CARD_PRESENT)).isEmpty();
        try (VpcdClient _ = insert(3, new Probe(card()))) {
            assertThat(terminals.list(CardTerminals.State.CARD_PRESENT)).extracting(CardTerminal::getName).containsExactly(PrivatePcscd.readerName(3));
            assertThat(terminals.list(CardTerminals.State.CARD_ABSENT)).hasSize(3);
        }
        assertThat(terminal(3).waitForCardAbsent(MILLIS)).isTrue();
    }

    @Test
    void waitForChange_cardComesAndGoes_saysWhere() throws Exception {
        assertThat(terminals.waitForChange(1)).isFalse();
        try (VpcdClient _ = insert(1, new Probe(card()))) {
            assertThat(terminals.waitForChange(MILLIS)).isTrue();
            assertThat(terminals.list(CardTerminals.State.CARD_INSERTION)).extracting(CardTerminal::getName).containsExactly(PrivatePcscd.readerName(1));
            assertThat(terminals.list(CardTerminals.State.CARD_REMOVAL)).isEmpty();
        }
        assertThat(terminals.waitForChange(MILLIS)).isTrue();
        assertThat(terminals.list(CardTerminals.State.CARD_REMOVAL)).extracting(CardTerminal::getName).containsExactly(PrivatePcscd.readerName(1));
        assertThat(terminals.waitForChange(1)).isFalse();
        assertThat(terminals.list(CardTerminals.State.CARD_REMOVAL)).isEmpty();
    }

    @Test
    void connect_noCard_saysSo() throws Exception {
        assertThatThrownBy(() -> terminal(0).connect("*")).isInstanceOf(CardNotPresentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {Stubborn.T0_ATR, Stubborn.T1_ATR})
    void transmit_anyCase_reachesTheCardAsItWasGiven(String atr) throws Exception {
        Probe probe = new Probe(new Stubborn(atr));
        boolean t0 = atr.equals(Stubborn.T0_ATR);
        try (VpcdClient _ = insert(0, probe)) {
            Card card = terminal(0).connect("*");
            assertThat(card.getATR().getBytes()).isEqualTo(HexFormat.of().parseHex(atr));
            assertThat(card.getProtocol()).isEqualTo(t0 ? "T=0" : "T=1");
            for (String command : List.of("43400100", "805C000204", "8054010004000000FA", "8054010004000000FA08")) {
                assertThat(card.getBasicChannel().transmit(new CommandAPDU(HexFormat.of().parseHex(command))).getSW()).isEqualTo(0x6C02);
            }
            card.disconnect(true);
        }
        assertThat(probe.commands()).containsExactly("43400100", "805C000204", "8054010004000000FA", t0 ? "8054010004000000FA" : "8054010004000000FA08");
        assertThat(terminal(0).waitForCardAbsent(MILLIS)).isTrue();
    }

    /** Whether the card left during the command, just before it, or long ago: checked, and never again on the same connection. */
    @ParameterizedTest
    @ValueSource(strings = {"DURING", "BEFORE", "NOTICED"})
    void transmit_cardPulled_isACheckedExceptionAndTheHandleIsGivenBack(String when) throws Exception {
        Probe probe = new Probe(card());
        VpcdClient client = insert(0, probe);
        Card card = terminal(0).connect("*");
        if (when.equals("DURING")) {
            probe.tear(1, false, () -> pull(client));
        } else {
            pull(client);
        }
        if (when.equals("NOTICED")) {
            assertThat(terminal(0).waitForCardAbsent(MILLIS)).isTrue();
        }
        assertThatThrownBy(() -> card.getBasicChannel().transmit(SELECT)).isInstanceOf(CardException.class);
        assertThatThrownBy(() -> card.getBasicChannel().transmit(SELECT)).isInstanceOf(CardException.class);
        assertThatThrownBy(card::endExclusive).isInstanceOf(CardException.class);
        card.disconnect(true);
        assertThatThrownBy(() -> card.getBasicChannel().transmit(SELECT)).isInstanceOf(IllegalStateException.class);
        assertThat(terminal(0).waitForCardAbsent(MILLIS)).isTrue();
    }

    @Test
    void waitForCardPresent_threadIsInterrupted_endsWithoutHoldingUpAnybody() throws Exception {
        CompletableFuture<Object> ended = new CompletableFuture<>();
        Thread waiting = Thread.ofPlatform().start(() -> {
            try {
                ended.complete(terminal(0).waitForCardPresent(0));
            } catch (CardException e) {
                ended.complete(Faults.code(e) + " " + Thread.currentThread().isInterrupted());
            }
        });
        await().atMost(Duration.ofSeconds(10)).until(() -> waiting.getState() == Thread.State.RUNNABLE);
        waiting.interrupt();
        assertThat(ended.get(MILLIS, TimeUnit.MILLISECONDS)).isEqualTo("SCARD_E_CANCELLED true");
    }

    @Test
    void beginExclusive_anotherConnection_waitsForItsEnd() throws Exception {
        try (VpcdClient _ = insert(0, new Probe(card()))) {
            Card first = terminal(0).connect("*");
            first.beginExclusive();
            assertThat(first.getBasicChannel().transmit(SELECT).getSW()).isEqualTo(0x9000);
            first.endExclusive();
            Card second = terminal(0).connect("T=1");
            second.beginExclusive();
            second.disconnect(false);
            first.disconnect(true);
        }
        assertThat(terminal(0).waitForCardAbsent(MILLIS)).isTrue();
    }

    @Test
    void list_serviceIsRestartedWithOtherReaders_followsIt() throws Exception {
        assertThat(terminals.list()).hasSize(4);
        CardTerminal stays = terminal(0);
        pcscd.stop();
        assertThatThrownBy(terminals::list).isInstanceOf(CardException.class).satisfies(e -> assertThat(Faults.code(e)).isEqualTo("SCARD_E_NO_SERVICE"));
        assertThatThrownBy(() -> stays.waitForCardPresent(MILLIS)).isInstanceOf(CardException.class);
        pcscd.configure(0);
        pcscd.start();
        assertThat(terminals.list()).isEmpty();
        assertThat(readers.list()).isEmpty();
        assertThatThrownBy(() -> readers.reader(Pcscd.CITIZEN)).isInstanceOf(ReaderFault.NoSuchReader.class);
        assertThatThrownBy(() -> terminals.waitForChange(MILLIS)).isInstanceOf(IllegalStateException.class);
        pcscd.stop();
        pcscd.configure(2);
        pcscd.start();
        assertThat(terminals.list()).hasSize(4).contains(stays);
        try (VpcdClient _ = insert(0, new Probe(card()))) {
            Card card = stays.connect("*");
            assertThat(card.getBasicChannel().transmit(SELECT).getSW()).isEqualTo(0x9000);
            card.disconnect(true);
        }
        assertThat(stays.waitForCardAbsent(MILLIS)).isTrue();
    }

    private static VirtualCard card() {
        return Chips.card(Chips.CARD, Algorithm.TDES, Money.ZERO);
    }

    private CardTerminal terminal(int reader) {
        try {
            return terminals.list().stream().filter(t -> t.getName().equals(PrivatePcscd.readerName(reader))).findFirst().orElseThrow();
        } catch (CardException e) {
            throw new AssertionError(e);
        }
    }

    private VpcdClient insert(int reader, Probe probe) throws Exception {
        return pcscd.insert(probe, pcscd.port(reader), readers.reader(PrivatePcscd.readerName(reader)));
    }

    private static void pull(VpcdClient client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
