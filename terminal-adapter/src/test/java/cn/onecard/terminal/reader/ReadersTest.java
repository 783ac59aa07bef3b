package cn.onecard.terminal.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.terminal.sim.Chips;
import cn.onecard.terminal.sim.Probe;
import cn.onecard.terminal.sim.SimReaders;
import cn.onecard.terminal.sim.Stubborn;
import cn.onecard.terminal.sim.VirtualReader;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The adapter over the virtual provider: what reaches the chip, and how faults are typed. */
class ReadersTest {
    private static final byte[] SELECT_ENVIRONMENT = HexFormat.of().parseHex("00A404000E325041592E5359532E444446303100");

    private final SimReaders sims = new SimReaders();
    private final VirtualReader slot = sims.add("slot");
    private final Readers readers = sims.readers(ReaderSettings.standard());

    @AfterEach
    void end() {
        readers.close();
    }

    @ParameterizedTest
    @CsvSource({
        // protocol, command, what reaches the chip, how it ends
        "T0, 80400100,             80400100,                          WrongLe",
        "T1, 80400100,             80400100,                          WrongLe",
        "T0, 8040010004000000FA,   8040010004000000FA,                WrongLe",
        "T1, 8040010004000000FA,   8040010004000000FA,                WrongLe",
        "T0, 805C000204,           805C000204 805C000202,             EndlessAnswer",
        "T1, 805C000204,           805C000204 805C000202,             EndlessAnswer",
        "T0, 8054010004000000FA08, 8054010004000000FA,                WrongLe",
        "T1, 8054010004000000FA08, 8054010004000000FA08 8054010004000000FA02, EndlessAnswer",
    })
    void transmit_chipAsksForAnotherLe_dataIsNeverAltered(String protocol, String command, String onWire, String fault) throws Exception {
        Probe probe = new Probe(new Stubborn(protocol.equals("T0") ? Stubborn.T0_ATR : Stubborn.T1_ATR));
        slot.insert(probe);
        CardLink link = readers.reader("slot").connect();
        assertThatThrownBy(() -> link.transmit(HexFormat.of().parseHex(command)))
                .isInstanceOf(ReaderFault.class).matches(e -> e.getClass().getSimpleName().equals(fault), fault);
        assertThat(String.join(" ", probe.commands())).isEqualTo(onWire);
    }

    @Test
    void transmit_answerWaits_isFetchedOnceAndTraced() throws Exception {
        List<String> trace = new ArrayList<>();
        Readers traced = sims.readers(ReaderSettings.standard().withTrace(
                (reader, command, answer) -> trace.add(HexFormat.of().formatHex(command, 0, 2))));
        slot.insert(Chips.psam(Chips.TERMINAL));
        byte[] answer = traced.reader("slot").connect().transmit(HexFormat.of().parseHex("00A4040011A0000006324D4F542E43505453414D303100"));
        assertThat(HexFormat.of().withUpperCase().formatHex(answer)).isEqualTo("6F138411A0000006324D4F542E43505453414D30319000");
        assertThat(trace).containsExactly("00a4", "00c0");
        traced.close();
    }

    @Test
    void transmit_chipNeverEndsItsAnswer_isAFault() throws Exception {
        Probe probe = new Probe(new Stubborn(Stubborn.T0_ATR));
        probe.interfere((n, command, inner) -> new byte[] {1, 0x61, 0x10});
        slot.insert(probe);
        CardLink link = readers.reader("slot").connect();
        assertThatThrownBy(() -> link.transmit(SELECT_ENVIRONMENT)).isInstanceOf(ReaderFault.EndlessAnswer.class);
    }

    @Test
    void transmit_cardLeft_isGoneAndStaysGone() throws Exception {
        slot.insert(Chips.card(Chips.CARD, Algorithm.TDES, Money.ZERO));
        Reader reader = readers.reader("slot");
        CardLink link = reader.connect();
        slot.remove();
        assertThatThrownBy(() -> link.transmit(SELECT_ENVIRONMENT)).isInstanceOf(ReaderFault.CardGone.class);
        slot.insert(Chips.card(Chips.OTHER_CARD, Algorithm.TDES, Money.ZERO));
        assertThatThrownBy(() -> link.transmit(SELECT_ENVIRONMENT)).isInstanceOf(ReaderFault.CardGone.class);
        assertThat(reader.connect().transmit(SELECT_ENVIRONMENT)).endsWith(0x90, 0x00);
    }

    @Test
    void connect_noCard_isTyped() throws Exception {
        Reader reader = readers.reader("slot");
        assertThat(reader.cardPresent()).isFalse();
        assertThatThrownBy(reader::connect).isInstanceOf(ReaderFault.NoCard.class);
        assertThat(reader.awaitPresent(Duration.ZERO)).isFalse();
    }

    @Test
    void await_cardComesAndGoes_endsTheWait() throws Exception {
        Reader reader = readers.reader("slot");
        Thread.ofVirtual().start(() -> slot.insert(Chips.card(Chips.CARD, Algorithm.TDES, Money.ZERO)));
        assertThat(reader.awaitPresent(Duration.ofSeconds(10))).isTrue();
        assertThat(reader.awaitAbsent(Duration.ofMillis(1))).isFalse();
        Thread.ofVirtual().start(slot::remove);
        assertThat(reader.awaitAbsent(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void await_threadIsInterrupted_endsTheWait() throws Exception {
        Reader reader = readers.reader("slot");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> reader.awaitPresent(Duration.ofSeconds(10))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void reader_unknownName_isTyped() {
        assertThatThrownBy(() -> readers.reader("none")).isInstanceOf(ReaderFault.NoSuchReader.class);
    }

    @Test
    void watchdog_cardIsMute_alarmsOnceAndTheCardCanBePulled() throws Exception {
        CountDownLatch alarmed = new CountDownLatch(1);
        CountDownLatch pulled = new CountDownLatch(1);
        List<String> alarms = new ArrayList<>();
        Readers watched = sims.readers(new ReaderSettings(Duration.ofMillis(40), (reader, since) -> {
            alarms.add(reader);
            alarmed.countDown();
        }, ApduTrace.NONE));
        Probe mute = new Probe(new Stubborn(Stubborn.T1_ATR));
        mute.interfere((n, command, inner) -> {
            awaitLatch(pulled);
            return Probe.status(0x9000);
        });
        slot.insert(mute);
        CardLink link = watched.reader("slot").connect();
        Thread.ofVirtual().start(() -> {
            awaitLatch(alarmed);
            slot.remove();
            pulled.countDown();
        });
        assertThatThrownBy(() -> link.transmit(SELECT_ENVIRONMENT)).isInstanceOf(ReaderFault.CardGone.class);
        assertThat(alarms).containsExactly("slot");
        watched.close();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
