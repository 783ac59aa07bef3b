package cn.onecard.terminal.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cn.onecard.terminal.reader.ApduTrace;
import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.Reader;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.terminal.reader.ReaderSettings;
import cn.onecard.terminal.reader.Readers;
import cn.onecard.terminal.sim.Chips;
import cn.onecard.terminal.sim.Pcscd;
import cn.onecard.terminal.sim.Probe;
import cn.onecard.terminal.sim.Stubborn;
import cn.onecard.terminal.sim.VirtualCard;
import cn.onecard.terminal.sim.VpcdClient;
import cn.onecard.terminal.tap.TapResult.Paid;
import cn.onecard.terminal.tap.TapResult.Refused;
import cn.onecard.terminal.tap.TapResult.Unknown;
import cn.onecard.terminal.tap.TapResult.Why;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.Money;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Taps through a real PC/SC service, whose readers are virtual. */
class PurchasePcscTest {
    private static final int DEBIT = 7;
    private static final Money OPENING = Money.ofFen(1000);
    private static final AtomicLong SERIALS = new AtomicLong();
    private static Pcscd pcscd;
    private static Readers readers;
    private static Reader citizenReader;
    private static Reader psamReader;
    private static VpcdClient psamClient;
    private static Probe psam;

    /** The service is started late: asked for readers before, it says that there is no service, and is asked again. */
    @BeforeAll
    static void startLate() throws Exception {
        pcscd = Pcscd.prepare(1);
        readers = Readers.pcsc(ReaderSettings.standard());
        assertThatThrownBy(readers::list).isInstanceOf(ReaderFault.NoService.class);
        pcscd.start();
        assertThat(readers.list()).extracting(Reader::name).containsExactly(Pcscd.CITIZEN, Pcscd.PSAM);
        citizenReader = readers.reader(Pcscd.CITIZEN);
        psamReader = readers.reader(Pcscd.PSAM);
        psam = new Probe(Chips.psam(Chips.TERMINAL));
        psamClient = pcscd.insert(psam, pcscd.psamPort(), psamReader);
    }

    @AfterAll
    static void end() throws Exception {
        if (pcscd != null) {
            psamClient.close();
            readers.close();
            pcscd.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TDES", "SM4"})
    void tap_wholeTap_isPaidWithATrueTac(String algorithm) throws Exception {
        VirtualCard card = Chips.card(Chips.CARD, Algorithm.parse(algorithm), OPENING);
        MemoryStore store = new MemoryStore();
        psam.clear();
        try (VpcdClient _ = pcscd.insert(card, pcscd.citizenPort(), citizenReader); Validator validator = validator(store)) {
            Paid paid = (Paid) validator.tap(Rides.bus(200));
            assertThat(paid.frame().debit().tac()).isEqualTo(Chips.tacOf(paid.frame(), Algorithm.parse(algorithm)));
            assertThat(paid.frame().debit().mac2Failed()).isFalse();
            assertThat(card.balance()).isEqualTo(Money.ofFen(800)).isEqualTo(paid.balanceAfter());
            assertThat(store.finals).containsExactly(paid.frame());
        }
        awaitAbsent();
        int init = IntStream.range(0, psam.commands().size()).filter(i -> psam.commands().get(i).startsWith("8070")).findFirst().orElseThrow();
        assertThat(psam.commands().subList(init + 1, init + 3)).satisfiesExactly(
                c -> assertThat(c).isEqualTo("00C0000008"), c -> assertThat(c).startsWith("8072"));
    }

    @ParameterizedTest
    @ValueSource(strings = {Stubborn.T0_ATR, Stubborn.T1_ATR})
    void transmit_cardAnswers6C02ToADebit_itReachesTheCardOnceWithItsAmount(String atr) throws Exception {
        Probe stubborn = new Probe(new Stubborn(atr));
        try (VpcdClient _ = pcscd.insert(stubborn, pcscd.citizenPort(), citizenReader)) {
            assertFault("8040010004000000FA", ReaderFault.WrongLe.class);
            assertFault("80400100", ReaderFault.WrongLe.class);
            assertFault("805C000204", ReaderFault.EndlessAnswer.class);
        }
        awaitAbsent();
        assertThat(stubborn.commands()).containsExactly("8040010004000000FA", "80400100", "805C000204", "805C000202");
    }

    static Stream<Arguments> tears() {
        return IntStream.rangeClosed(1, DEBIT).boxed().flatMap(n -> Stream.of(Arguments.of(n, true), Arguments.of(n, false)));
    }

    @ParameterizedTest
    @MethodSource("tears")
    void tap_cardTornAwayAndBack_isDebitedOnce(int command, boolean before) throws Exception {
        VirtualCard card = Chips.card(Chips.CARD, Algorithm.TDES, OPENING);
        Probe probe = new Probe(card);
        MemoryStore store = new MemoryStore();
        try (Validator validator = validator(store)) {
            VpcdClient first = pcscd.insert(probe, pcscd.citizenPort(), citizenReader);
            probe.tear(command, before, () -> pull(first));
            TapResult torn = validator.tap(Rides.bus(200));
            assertThat(torn).isInstanceOf(command == DEBIT ? Unknown.class : Refused.class);
            assertThat(validator.tap(Rides.bus(200))).isEqualTo(new Refused(Why.TRY_AGAIN));
            awaitAbsent();
            probe.clear();
            try (VpcdClient _ = pcscd.insert(probe, pcscd.citizenPort(), citizenReader)) {
                Paid paid = (Paid) validator.tap(Rides.bus(200));
                assertThat(paid.frame().debit().tac()).isEqualTo(Chips.tacOf(paid.frame(), Algorithm.TDES));
                assertThat(store.finals).containsExactly(paid.frame());
                assertThat(store.provisional).isEmpty();
                assertThat(card.balance()).isEqualTo(Money.ofFen(800));
            }
            awaitAbsent();
        }
    }

    /** The service does not notice that another card lies there after a failed APDU: we must. */
    @Test
    void tap_cardSwappedAfterAFailedCommand_noCommandOfTheFirstReachesTheSecond() throws Exception {
        Probe first = new Probe(Chips.card(Chips.CARD, Algorithm.TDES, OPENING));
        VirtualCard secondCard = Chips.card(Chips.OTHER_CARD, Algorithm.TDES, OPENING);
        Probe second = new Probe(secondCard);
        AtomicReference<VpcdClient> swapped = new AtomicReference<>();
        try (Validator validator = validator(new MemoryStore())) {
            VpcdClient client = pcscd.insert(first, pcscd.citizenPort(), citizenReader);
            first.tear(DEBIT, true, () -> {
                pull(client);
                swapped.set(put(second));
            });
            assertThat(validator.tap(Rides.bus(200))).isInstanceOf(Unknown.class);
            assertThat(second.commands()).isEmpty();
            AtomicReference<TapResult> result = new AtomicReference<>(new Refused(Why.TRY_AGAIN));
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                if (!citizenReader.cardPresent()) {
                    swapped.get().close();
                    swapped.set(pcscd.insert(second, pcscd.citizenPort(), citizenReader));
                }
                result.set(validator.tap(Rides.bus(200)));
                return !result.get().equals(new Refused(Why.TRY_AGAIN));
            });
            assertThat(second.commands().getFirst()).startsWith("00A404000E");
            assertThat(((Paid) result.get()).frame().card().cardNo()).isEqualTo(Chips.OTHER_CARD);
            assertThat(secondCard.balance()).isEqualTo(Money.ofFen(800));
        }
        swapped.get().close();
        awaitAbsent();
    }

    @Test
    void psam_whileACitizenCardIsAwaited_isNotStalled() throws Exception {
        CardLink link = psamReader.connect();
        Thread waiting = Thread.ofPlatform().start(() -> {
            try {
                assertThat(citizenReader.awaitPresent(Duration.ofSeconds(1))).isFalse();
            } catch (ReaderFault | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        int sent = 0;
        long slowest = 0;
        while (waiting.isAlive()) {
            long start = System.nanoTime();
            link.transmit(HexFormat.of().parseHex("00B0960006"));
            slowest = Math.max(slowest, System.nanoTime() - start);
            sent++;
        }
        link.close(true);
        assertThat(sent).isGreaterThan(100);
        assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofMillis(400));
    }

    /** Nothing can end the call but pulling the card; until then somebody must be told, and the other reader goes on. */
    @Test
    void transmit_cardIsMute_alarmIsRaisedThePsamAnswersAndTheCardCanBePulled() throws Exception {
        CompletableFuture<String> alarm = new CompletableFuture<>();
        CountDownLatch pulled = new CountDownLatch(1);
        Probe mute = new Probe(Chips.card(Chips.CARD, Algorithm.TDES, OPENING));
        mute.interfere((n, command, chip) -> {
            await().atMost(Duration.ofSeconds(10)).until(() -> pulled.getCount() == 0);
            return chip.apply(command);
        });
        ReaderSettings impatient = new ReaderSettings(Duration.ofMillis(300), (reader, since) -> alarm.complete(reader), ApduTrace.NONE);
        try (Readers watched = Readers.pcsc(impatient)) {
            VpcdClient client = pcscd.insert(mute, pcscd.citizenPort(), citizenReader);
            CardLink link = watched.reader(Pcscd.CITIZEN).connect();
            CompletableFuture<byte[]> psamNumber = alarm.thenApply(_ -> {
                try {
                    return watched.reader(Pcscd.PSAM).connect().transmit(HexFormat.of().parseHex("00B0960006"));
                } catch (ReaderFault e) {
                    throw new CompletionException(e);
                }
            });
            var _ = psamNumber.whenComplete((_, _) -> {
                pull(client);
                pulled.countDown();
            });
            assertThatThrownBy(() -> link.transmit(HexFormat.of().parseHex("805C000204"))).isInstanceOf(ReaderFault.CardGone.class);
            assertThat(alarm).isCompletedWithValue(Pcscd.CITIZEN);
            assertThat(psamNumber.get()).asHexString().isEqualTo(Chips.TERMINAL.hex() + "9000");
        }
        awaitAbsent();
    }

    private static Validator validator(MemoryStore store) throws Exception {
        return Validator.open(citizenReader, psamReader, store, SERIALS::incrementAndGet, Validator.Rules.STANDARD);
    }

    private static void assertFault(String command, Class<? extends ReaderFault> fault) throws ReaderFault {
        CardLink link = citizenReader.connect();
        assertThatThrownBy(() -> link.transmit(HexFormat.of().parseHex(command))).isInstanceOf(fault);
    }

    private static void awaitAbsent() throws Exception {
        assertThat(citizenReader.awaitAbsent(Duration.ofSeconds(5))).isTrue();
    }

    private static void pull(VpcdClient client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static VpcdClient put(Probe probe) {
        try {
            return VpcdClient.insert(probe, pcscd.citizenPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
