package cn.onecard.terminal.tap;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.terminal.reader.ReaderSettings;
import cn.onecard.terminal.reader.Readers;
import cn.onecard.terminal.sim.Chips;
import cn.onecard.terminal.sim.Probe;
import cn.onecard.terminal.sim.SimReaders;
import cn.onecard.terminal.sim.VirtualCard;
import cn.onecard.terminal.sim.VirtualReader;
import cn.onecard.terminal.tap.TapResult.Paid;
import cn.onecard.terminal.tap.TapResult.Refused;
import cn.onecard.terminal.tap.TapResult.Unknown;
import cn.onecard.terminal.tap.TapResult.Why;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.Debit;
import cn.onecard.wire.TapFrame;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tap in the simulator: the ordinary one, a tear at every APDU, every answer to the debit, every failing neighbour.
 *
 *  <p>The card's commands of one tap: 1 SELECT environment, 2 SELECT purse, 3 READ 0016, 4 READ 0017, 5 GET BALANCE, 6 INIT,
 *  7 DEBIT. */
class ValidatorTest {
    private static final int DEBIT = 7;
    private static final Money OPENING = Money.ofFen(1000);

    private final SimReaders sims = new SimReaders();
    private final VirtualReader cardSlot = sims.add("card");
    private final VirtualReader psamSlot = sims.add("psam");
    private final Readers readers = sims.readers(ReaderSettings.standard());
    private final MemoryStore store = new MemoryStore();
    private final AtomicLong serials = new AtomicLong();
    private final VirtualCard card = Chips.card(Chips.CARD, Algorithm.TDES, OPENING);
    private final Probe cardProbe = new Probe(card);
    private final Probe psamProbe = new Probe(Chips.psam(Chips.TERMINAL));
    private Validator validator;

    ValidatorTest() throws Exception {
        psamSlot.insert(psamProbe);
        validator = open();
    }

    @BeforeEach
    void insert() {
        cardSlot.insert(cardProbe);
    }

    @AfterEach
    void end() {
        validator.close();
        readers.close();
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void tap_cardOfEitherAlgorithm_isPaidWithATrueTac(Algorithm algorithm) {
        cardSlot.remove();
        VirtualCard other = Chips.card(Chips.OTHER_CARD, algorithm, OPENING);
        cardSlot.insert(other);
        Paid paid = (Paid) validator.tap(Rides.bus(200));
        TapFrame frame = paid.frame();
        assertThat(frame.debit().tac()).isEqualTo(Chips.tacOf(frame, algorithm));
        assertThat(frame.key()).isEqualTo(new TapKey(Chips.TERMINAL, 0x10203));
        assertThat(frame.card().cardNo()).isEqualTo(Chips.OTHER_CARD);
        assertThat(List.of(frame.card().cardClass(), frame.card().cardKind(), frame.card().city(), frame.card().keyVersion(),
                frame.card().algorithm())).containsExactly(1, 2, Chips.CITY, 1, algorithm.code());
        assertThat(frame.card().issuerId()).isEqualTo(Chips.ISSUER);
        assertThat(frame.debit().counter().value()).isEqualTo(7);
        assertThat(frame.debit().balanceBefore()).isEqualTo(OPENING);
        assertThat(frame.debit().grey() || frame.debit().mac2Failed()).isFalse();
        assertThat(paid.balanceAfter()).isEqualTo(Money.ofFen(800)).isEqualTo(other.balance());
        assertThat(store.finals).containsExactly(frame);
        assertThat(store.provisional).isEmpty();
    }

    @Test
    void tap_metroEntryForNothing_movesTheCounterAndHasATac() {
        Paid paid = (Paid) validator.tap(Rides.entry());
        assertThat(paid.frame().debit().type()).isEqualTo(Debit.COMPOSITE);
        assertThat(paid.frame().debit().tac()).isEqualTo(Chips.tacOf(paid.frame(), Algorithm.TDES));
        assertThat(card.counter()).isEqualTo(8);
        assertThat(card.balance()).isEqualTo(OPENING);
    }

    /** Every amount that is told reaches card and PSAM as it is, and the card debits that. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261124})
    void tap_anyAmount_isSentAsTold(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            card.add(Money.ofFen(0x0100_0000));
            Money before = card.balance();
            int fen = 1 + random.nextInt(0x00FF_FFFF);
            cardProbe.clear();
            psamProbe.clear();
            Paid paid = (Paid) validator.tap(Rides.bus(fen));
            String hex = HexFormat.of().withUpperCase().toHexDigits(fen);
            assertThat(cardProbe.commands().get(5)).startsWith("805001020B01" + hex + Chips.TERMINAL.hex());
            assertThat(psamProbe.commands().getFirst().substring(22, 30)).isEqualTo(hex);
            assertThat(before.minus(card.balance())).isEqualTo(Money.ofFen(fen)).isEqualTo(paid.frame().debit().amount());
        }
    }

    static Stream<Arguments> tears() {
        return IntStream.rangeClosed(1, DEBIT).boxed().flatMap(n -> Stream.of(Arguments.of(n, true), Arguments.of(n, false)));
    }

    /** Wherever the card is torn away, and whether before or after it did its work: the same card's next tap leaves it
     *  debited once, with one final record and a true TAC, and nothing provisional. */
    @ParameterizedTest
    @MethodSource("tears")
    void tap_cardTornAwayAndBack_isDebitedOnce(int command, boolean before) {
        cardProbe.tear(command, before, cardSlot::remove);
        TapResult torn = validator.tap(Rides.bus(200));
        if (command < DEBIT) {
            assertThat(torn).isEqualTo(new Refused(Why.TRY_AGAIN));
            assertThat(store.provisional).isEmpty();
        } else {
            assertThat(torn).isInstanceOf(Unknown.class);
            assertThat(store.provisional).hasSize(1);
        }
        boolean debited = command == DEBIT && !before;
        assertThat(card.balance()).isEqualTo(debited ? Money.ofFen(800) : OPENING);

        cardProbe.clear();
        cardSlot.insert(cardProbe);
        Paid paid = (Paid) validator.tap(Rides.bus(200));
        assertThat(card.balance()).isEqualTo(Money.ofFen(800)).isEqualTo(paid.balanceAfter());
        assertThat(card.counter()).isEqualTo(8);
        assertThat(store.finals).containsExactly(paid.frame());
        assertThat(paid.frame().debit().tac()).isEqualTo(Chips.tacOf(paid.frame(), Algorithm.TDES));
        assertThat(paid.frame().debit().mac2Failed()).isFalse();
        assertThat(store.provisional).isEmpty();
        if (torn instanceof Unknown unknown) {
            assertThat(paid.frame().key().equals(unknown.grey().key())).isEqualTo(debited);
            assertThat(store.dropped).hasSize(debited ? 0 : 1);
        }
    }

    @Test
    void tap_tornEntryForNothing_isDecidedByTheCounter() {
        cardProbe.tear(DEBIT, false, cardSlot::remove);
        Unknown unknown = (Unknown) validator.tap(Rides.entry());
        cardProbe.clear();
        cardSlot.insert(cardProbe);
        Paid paid = (Paid) validator.tap(Rides.entry());
        assertThat(paid.frame().key()).isEqualTo(unknown.grey().key());
        assertThat(card.counter()).isEqualTo(8);
    }

    @Test
    void tap_otherCardAfterATear_filesTheGreyRecordAndIsServed() {
        cardProbe.tear(DEBIT, false, cardSlot::remove);
        Unknown unknown = (Unknown) validator.tap(Rides.bus(200));
        cardSlot.insert(Chips.card(Chips.OTHER_CARD, Algorithm.SM4, OPENING));
        Paid paid = (Paid) validator.tap(Rides.bus(300));
        assertThat(store.finals).containsExactly(unknown.grey(), paid.frame());
        assertThat(unknown.grey().debit().grey()).isTrue();
        assertThat(unknown.grey().debit().tac().isAbsent()).isTrue();
    }

    @Test
    void tap_cardUsedElsewhereAfterATear_filesTheGreyRecordAndIsServed() throws Exception {
        cardProbe.tear(DEBIT, false, cardSlot::remove);
        Unknown unknown = (Unknown) validator.tap(Rides.bus(200));
        VirtualReader elsewhere = sims.add("elsewhere");
        VirtualReader elsewherePsam = sims.add("elsewhere psam");
        elsewherePsam.insert(Chips.psam(TerminalId.ofHex("0A0203040506")));
        elsewhere.insert(card);
        try (Validator other = Validator.open(readers.reader("elsewhere"), readers.reader("elsewhere psam"), new MemoryStore(), serials::incrementAndGet, Validator.Rules.STANDARD)) {
            assertThat(other.tap(Rides.bus(100))).isInstanceOf(Paid.class);
        }
        elsewhere.remove();
        cardProbe.clear();
        cardSlot.insert(cardProbe);
        Paid paid = (Paid) validator.tap(Rides.bus(200));
        assertThat(store.finals).containsExactly(unknown.grey(), paid.frame());
        assertThat(card.balance()).isEqualTo(Money.ofFen(500));
    }

    @Test
    void close_outcomeUnknown_filesTheGreyRecord() {
        cardProbe.tear(DEBIT, true, cardSlot::remove);
        Unknown unknown = (Unknown) validator.tap(Rides.bus(200));
        validator.close();
        assertThat(store.finals).containsExactly(unknown.grey());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # what the card answers to the debit, what the passenger is told; nothing was debited
        9302, KEY_MISMATCH
        9401, BALANCE_TOO_LOW
        6901, TRY_AGAIN
        6400, TRY_AGAIN
        6985, TRY_AGAIN
        9303, CARD_BLOCKED
        6A81, CARD_BLOCKED
        9402, COUNTER_EXHAUSTED
        9403, KEY_MISMATCH
        6700, CARD_PROFILE_WRONG
        6982, CARD_PROFILE_WRONG
        6983, CARD_PROFILE_WRONG
        """)
    void tap_cardRefusesTheDebit_dropsTheRecord(String statusWord, Why why) {
        cardProbe.refuse(0x8054, HexFormat.fromHexDigits(statusWord));
        assertThat(validator.tap(Rides.bus(200))).isEqualTo(new Refused(why));
        assertThat(store.provisional).isEmpty();
        assertThat(store.finals).isEmpty();
        assertThat(store.dropped).hasSize(1);
        assertThat(cardProbe.commands().stream().filter(c -> c.startsWith("8054"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6581", "6281", "6F01", "1234"})
    void tap_answerLeavesTheDebitOpen_isUnknown(String statusWord) {
        cardProbe.refuse(0x8054, HexFormat.fromHexDigits(statusWord));
        assertThat(validator.tap(Rides.bus(200))).isInstanceOf(Unknown.class);
        assertThat(store.provisional).hasSize(1);
        assertThat(cardProbe.commands().stream().filter(c -> c.startsWith("8054"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"00A4, 6A81, CARD_BLOCKED", "00A4, 6A82, UNSUPPORTED_CARD", "805C, 6A81, CARD_BLOCKED", "8050, 9401, BALANCE_TOO_LOW",
        "8050, 9402, COUNTER_EXHAUSTED", "8050, 9403, KEY_MISMATCH", "8050, 6283, CARD_BLOCKED", "00B0, 6281, TRY_AGAIN",
        "8050, 6D00, CARD_PROFILE_WRONG"})
    void tap_cardRefusesBeforeTheDebit_keepsNothing(String instruction, String statusWord, Why why) {
        cardProbe.refuse(HexFormat.fromHexDigits(instruction), HexFormat.fromHexDigits(statusWord));
        assertThat(validator.tap(Rides.bus(200))).isEqualTo(new Refused(why));
        assertThat(store.provisional).isEmpty();
        assertThat(cardProbe.commands()).noneMatch(c -> c.startsWith("8054"));
    }

    @Test
    void tap_cardNotFit_saysWhy() {
        assertThat(validator.tap(Rides.bus(1001))).isEqualTo(new Refused(Why.BALANCE_TOO_LOW));
        EventTime expired = EventTime.of(LocalDateTime.of(2036, 1, 1, 0, 0));
        assertThat(validator.tap(Rides.request(200, Debit.PURCHASE, RideKind.SINGLE, expired))).isEqualTo(new Refused(Why.CARD_EXPIRED));
        card.setEnableFlag(2);
        assertThat(validator.tap(Rides.bus(200))).isEqualTo(new Refused(Why.CARD_NOT_ENABLED));
        card.setBlocked(true);
        assertThat(validator.tap(Rides.bus(200))).isEqualTo(new Refused(Why.CARD_BLOCKED));
        cardSlot.remove();
        assertThat(validator.tap(Rides.bus(200))).isEqualTo(new Refused(Why.TRY_AGAIN));
        assertThat(card.balance()).isEqualTo(OPENING);
    }

    @Test
    void tap_psamRefusesMac2_isPaidAndSaysSo() {
        psamProbe.refuse(0x8072, 0x9302);
        Paid paid = (Paid) validator.tap(Rides.bus(200));
        assertThat(paid.frame().debit().mac2Failed()).isTrue();
        assertThat(paid.frame().debit().tac()).isEqualTo(Chips.tacOf(paid.frame(), Algorithm.TDES));
    }

    @Test
    void tap_psamPulledAfterTheDebit_isPaidAndTheNextCardIsRefusedUntilItIsBack() {
        psamProbe.interfere((n, command, chip) -> {
            if (Probe.claIns(command) == 0x8072) {
                psamSlot.remove();
            }
            return chip.apply(command);
        });
        assertThat(((Paid) validator.tap(Rides.bus(200))).frame().debit().mac2Failed()).isTrue();
        assertThat(validator.tap(Rides.bus(200))).isEqualTo(new Refused(Why.PSAM_FAILED));
        psamProbe.clear();
        psamSlot.insert(psamProbe);
        assertThat(validator.tap(Rides.bus(200))).isInstanceOf(Paid.class);
        assertThat(card.balance()).isEqualTo(Money.ofFen(600));
    }

    @Test
    void tap_anotherPsamInItsPlace_isRefused() {
        psamSlot.remove();
        psamSlot.insert(Chips.psam(TerminalId.ofHex("0A0203040506")));
        assertThat(validator.tap(Rides.bus(200))).isEqualTo(new Refused(Why.PSAM_FAILED));
        assertThat(validator.tap(Rides.bus(200))).isEqualTo(new Refused(Why.PSAM_FAILED));
        assertThat(card.balance()).isEqualTo(OPENING);
    }

    @Test
    void tap_storeIsFull_sendsNoDebit() {
        store.refusesProvisional = true;
        assertThat(validator.tap(Rides.bus(200))).isEqualTo(new Refused(Why.STORE_UNAVAILABLE));
        assertThat(cardProbe.commands()).noneMatch(c -> c.startsWith("8054"));
        store.refusesProvisional = false;
        assertThat(validator.tap(Rides.bus(200))).isInstanceOf(Paid.class);
    }

    @Test
    void tap_storeFailsAfterTheDebit_filesTheFinalRecordBeforeTheNextCard() {
        store.refusesFinal = true;
        Unknown unknown = (Unknown) validator.tap(Rides.bus(200));
        assertThat(validator.tap(Rides.bus(200))).isEqualTo(new Refused(Why.STORE_UNAVAILABLE));
        store.refusesFinal = false;
        Paid paid = (Paid) validator.tap(Rides.bus(200));
        assertThat(store.finals).hasSize(2).contains(paid.frame());
        TapFrame first = store.finals.getFirst();
        assertThat(first.key()).isEqualTo(unknown.grey().key());
        assertThat(first.debit().tac()).isEqualTo(Chips.tacOf(first, Algorithm.TDES));
        assertThat(card.balance()).isEqualTo(Money.ofFen(600));
    }

    @Test
    void tap_cardOfForeignKeys_isNotDebited() {
        cardSlot.remove();
        CardNo number = Chips.OTHER_CARD;
        VirtualCard foreign = VirtualCard.personalised(Chips.card(number, Algorithm.TDES, OPENING).profile(), new byte[16], new byte[16]);
        cardSlot.insert(foreign);
        assertThat(validator.tap(Rides.bus(200))).isEqualTo(new Refused(Why.KEY_MISMATCH));
        assertThat(foreign.balance()).isEqualTo(OPENING);
        assertThat(store.provisional).isEmpty();
    }

    private Validator open() throws Exception {
        return Validator.open(readers.reader("card"), readers.reader("psam"), store, serials::incrementAndGet, Validator.Rules.STANDARD);
    }
}
