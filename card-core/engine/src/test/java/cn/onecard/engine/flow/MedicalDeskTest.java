package cn.onecard.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import cn.onecard.engine.flow.DirectInsurance.Fate;
import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.KeysUnavailable;
import cn.onecard.engine.key.StorageKey;
import cn.onecard.engine.medical.MedicalSettlement;
import cn.onecard.engine.medical.MedicalState;
import cn.onecard.engine.medical.MedicalStatistics;
import cn.onecard.engine.medical.MedicalTable;
import cn.onecard.engine.medical.PatientItems;
import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.Asking;
import cn.onecard.engine.order.BalanceCheck;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderKind;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.engine.order.Payments;
import cn.onecard.engine.partner.medical.InsurancePlatform;
import cn.onecard.engine.post.Calendar;
import cn.onecard.engine.rail.medical.Reply;
import cn.onecard.engine.rail.nhsa.InfNo;
import cn.onecard.engine.rail.nhsa.Input;
import cn.onecard.engine.rail.nhsa.Output;
import cn.onecard.engine.rail.nhsa.Split;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Doctors' bills between a card and an insurance that goes wrong at every message, over real books: whatever happens, the card paid
 *  its part if and only if the settlement stands, and nothing stays held. */
class MedicalDeskTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 25);
    private static final PartyId HOSPITAL = new PartyId(31);
    private static final Clock CLOCK = Clock.fixed(Asking.NOW, ZoneOffset.UTC);
    private static final KeyRing RING = KeyRing.demo(7);
    private static final long FUNDS = 100_000;
    private static final AccountId WALLET = Asking.wallet(1);
    private static final AccountId MEDICAL = new AccountId(WALLET.cardNo(), AccountKind.MEDICAL);
    private static final String IDENTITY = "310101199001010010";
    private static final String DIAGNOSIS = "J06.900";
    private static final String MEDICINE = "XA001-paracetamol";

    private final Database database = TestDatabase.database(Account.ENGINE);
    private final HikariDataSource reading = database.pool("reading", 4);
    private final HikariDataSource writing = database.transactionPool("here", 3);
    private final DSLContext dsl = Database.dsl(reading);
    private final InsurancePlatform platform = new InsurancePlatform();
    private final DirectInsurance insurance = new DirectInsurance(platform, CLOCK);
    private final MedicalTable table = new MedicalTable(dsl, RING, 1, CLOCK);
    private final List<String> settled = new ArrayList<>();
    private PaymentCorridor corridor = open();
    private int bills;

    private PaymentCorridor open() {
        TestDatabase.wipe();
        new Calendar(dsl).openOrBegin(Asking.DAY, Asking.NOW);
        Payments payments = Payments.open(new Payments.Settings("here", 2, PaymentLimits.STANDARD), writing, dsl, new SimpleMeterRegistry());
        return PaymentCorridor.open(payments, new SimpleMeterRegistry());
    }

    @BeforeEach
    void begin() throws Exception {
        platform.addPerson(IDENTITY, "P1", "王", Money.ofFen(1_000));
        for (AccountId account : List.of(WALLET, MEDICAL)) {
            new Accounts(dsl).open(account, PaymentLimits.REGISTERED, Asking.DAY, Asking.NOW);
            OrderTerms terms = new OrderTerms(OrderKind.DEPOSIT, account, HOSPITAL, 1, Money.ofFen(FUNDS));
            PaymentAnswer paidIn = corridor.take(Opening.of(CallKey.ofCaller("bank", "funds-" + account.kind()), terms, Goal.PAY, Asking.LIFETIME, Asking.NOW)).get();
            assertThat(paidIn).isInstanceOf(PaymentAnswer.Done.class);
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        corridor.close(Duration.ofSeconds(10));
        reading.close();
        writing.close();
    }

    private MedicalDesk desk(boolean isAccountContracted) {
        MedicalDesk.Clinic clinic = new MedicalDesk.Clinic(HOSPITAL, DirectInsurance.CLINIC.code(), Duration.ZERO, 40, isAccountContracted);
        return new MedicalDesk(clinic, insurance, table, new MedicalDesk.Funds(corridor, new OpenOrders(dsl)), CLOCK);
    }

    private <A extends Output> A done(Input<A> input) {
        Reply<A> reply = insurance.ask(table.nextMessage(DirectInsurance.CLINIC.code()), input);
        assertThat(reply).isInstanceOf(Reply.Done.class);
        return ((Reply.Done<A>) reply).output();
    }

    /** A visit whose fees are uploaded, as the hospital sees it. */
    private MedicalDesk.Ask bill(long fen) {
        int number = ++bills;
        Input.Visit visit = new Input.Visit("P1", done(new Input.Register("P1", "310", "R" + number, DAY)).visit());
        List<Input.FeeLine> fees = List.of(new Input.FeeLine("1", MEDICINE, "09", Money.ofFen(fen - fen / 3)), new Input.FeeLine("2", "XB1", "03", Money.ofFen(fen / 3)));
        done(new Input.UploadFees(visit, "B1", fees));
        Input.Settle settle = new Input.Settle(new Input.Claim(visit, "B1", "310", Money.ofFen(fen), true), "INV" + number);
        MedicalDesk.Ask ask = new MedicalDesk.Ask(CallKey.ofCaller("hospital", "bill-" + number), WALLET.cardNo(), settle, new PatientItems.Items(List.of(DIAGNOSIS), fees));
        settled.add(OrderId.of(ask.call()).toString());
        return ask;
    }

    private static MedicalSettlement stands(MedicalAnswer answer) {
        assertThat(answer).isInstanceOf(MedicalAnswer.Stands.class);
        return ((MedicalAnswer.Stands) answer).settlement();
    }

    private Accounts.Balance balance(AccountId account) {
        return new Accounts(dsl).findBalance(account).orElseThrow();
    }

    /** What the card paid is what stands at the insurance; nothing is held; the books are the sum of their entries. */
    private void assertEvenWith(boolean isAccountContracted) throws Exception {
        Map<String, Output.Bill> standing = platform.settlements();
        long cash = standing.values().stream().mapToLong(bill -> bill.split().cash().fen()).sum();
        long account = standing.values().stream().mapToLong(bill -> bill.split().personalAccount().fen()).sum();
        assertThat(balance(WALLET).held()).isEqualTo(Money.ZERO);
        assertThat(balance(MEDICAL).held()).isEqualTo(Money.ZERO);
        assertThat(balance(WALLET).balance()).isEqualTo(Money.ofFen(FUNDS - cash));
        assertThat(balance(MEDICAL).balance()).isEqualTo(Money.ofFen(isAccountContracted ? FUNDS - account : FUNDS));
        assertThat(new BalanceCheck(reading).run().broken()).isEmpty();
        for (String id : settled) {
            Optional<MedicalSettlement> found = table.find(id);
            found.ifPresent(one -> {
                assertThat(one.state().isOpen()).as(one.toString()).isFalse();
                assertThat(one.legs().stream().mapToLong(leg -> leg.amount().fen()).sum()).isEqualTo(one.terms().settle().claim().total().fen());
                assertThat(one.state() == MedicalState.PAID).isEqualTo(one.standing().settlement().filter(standing::containsKey).isPresent());
            });
        }
    }

    @Test
    void settle_everythingGoesWell_paysTheCardsPartExactly() throws Exception {
        MedicalSettlement settlement = stands(desk(true).settle(bill(10_000)));

        assertThat(settlement.state()).isEqualTo(MedicalState.PAID);
        assertThat(settlement.split().cash()).isEqualTo(Money.ofFen(2_000));
        assertThat(balance(MEDICAL).balance()).isEqualTo(Money.ofFen(FUNDS - 1_000));
        assertEvenWith(true);
    }

    @Test
    void settle_askedAgain_saysTheSameAndPaysOnce() throws Exception {
        MedicalDesk.Ask ask = bill(10_000);
        MedicalAnswer first = desk(false).settle(ask);

        assertThat(desk(false).settle(ask)).isEqualTo(first);
        MedicalDesk.Ask other = new MedicalDesk.Ask(ask.call(), CardNo.ofDigits("31040000000000000002"), ask.settle(), ask.items());
        assertThat(desk(false).settle(other)).isEqualTo(new MedicalAnswer.No(MedicalAnswer.Reason.KEY_CONFLICT));
        assertEvenWith(false);
    }

    @ParameterizedTest
    @ValueSource(longs = {-700, -2_000, 1, 3_000})
    void settle_settledOtherwiseThanQuoted_paysWhatWasSettled(long drift) throws Exception {
        MedicalDesk.Ask ask = bill(10_000);
        platform.setDrift(Money.ofFen(drift));
        MedicalSettlement settlement = stands(desk(false).settle(ask));

        assertThat(settlement.state()).isEqualTo(MedicalState.PAID);
        assertThat(settlement.split().cash()).isEqualTo(Money.ofFen(2_000 + drift));
        assertEvenWith(false);
        assertThat(stands(desk(false).cancel(settlement.id(), "wrong patient")).state()).isEqualTo(MedicalState.CANCELLED);
        assertEvenWith(false);
        assertThat(balance(WALLET).balance()).isEqualTo(Money.ofFen(FUNDS));
    }

    @Test
    void settle_settledForMoreThanTheCardHas_isTakenBack() throws Exception {
        platform.addPerson(IDENTITY, "P1", "王", Money.ZERO);
        MedicalDesk.Ask ask = bill(330_000);
        platform.setDrift(Money.ofFen(1_001));
        MedicalSettlement settlement = stands(desk(false).settle(ask));

        assertThat(settlement.state()).isEqualTo(MedicalState.RELEASED);
        assertThat(settlement.standing().reason()).contains("FUNDS_TOO_LOW");
        assertThat(platform.settlements()).isEmpty();
        assertEvenWith(false);
    }

    @Test
    void settle_cardHasTooLittle_asksTheInsuranceForNothing() throws Exception {
        MedicalSettlement settlement = stands(desk(false).settle(bill(4_000_000)));

        assertThat(settlement.state()).isEqualTo(MedicalState.RELEASED);
        assertThat(platform.settlements()).isEmpty();
        assertEvenWith(false);
    }

    static Stream<Arguments> wrongs() {
        List<InfNo> messages = List.of(InfNo.QUOTE, InfNo.SETTLE, InfNo.FIND_SETTLEMENT, InfNo.REVERSE, InfNo.REVOKE, InfNo.RECONCILE, InfNo.RECONCILE_DETAIL);
        return messages.stream().flatMap(at -> EnumSet.complementOf(EnumSet.of(Fate.ANSWERED)).stream().map(fate -> Arguments.of(at, fate)));
    }

    /** One message goes wrong each time it is sent, and the settlement is in doubt beforehand, so that every message is needed. */
    @ParameterizedTest
    @MethodSource("wrongs")
    void settle_messageGoesWrong_isEvenInTheEnd(InfNo at, Fate how) throws Exception {
        for (Fate ofSettlement : List.of(Fate.ANSWERED, Fate.LOST, Fate.ANSWER_LOST)) {
            MedicalDesk.Ask ask = bill(10_000);
            Fate ofRevocation = ofSettlement == Fate.ANSWERED ? Fate.ANSWERED : ofSettlement;
            insurance.setFates(input -> input.infNo() == at ? how
                    : input.infNo() == InfNo.SETTLE ? ofSettlement : input.infNo() == InfNo.REVOKE ? ofRevocation : Fate.ANSWERED);
            attempt(() -> desk(true).settle(ask));
            attempt(() -> desk(true).resume());
            attempt(() -> desk(true).cancel(settled.getLast(), "the patient changed their mind"));
            attempt(() -> desk(true).resume());
            attempt(() -> desk(true).decide(DAY));
            heal();
            assertEvenWith(true);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void settle_anythingGoesWrong_isEvenInTheEnd(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Fate[] fates = Fate.values();
        boolean isAccountContracted = seed % 2 == 0;
        for (int i = 0; i < 25; i++) {
            insurance.setFates(input -> Fate.ANSWERED);
            MedicalDesk.Ask ask = bill(1 + random.nextInt(20_000));
            platform.setDrift(Money.ofFen(random.nextInt(3) == 0 ? random.nextInt(4_000) - 2_000 : 0));
            insurance.setFates(input -> random.nextInt(10) < 4 ? fates[random.nextInt(fates.length)] : Fate.ANSWERED);
            attempt(() -> desk(isAccountContracted).settle(ask));
            String one = settled.get(random.nextInt(settled.size()));
            if (random.nextInt(3) == 0) {
                attempt(() -> desk(isAccountContracted).cancel(one, "changed"));
            }
            if (random.nextInt(4) == 0) {
                attempt(() -> desk(isAccountContracted).resume());
            }
            if (random.nextInt(8) == 0) {
                attempt(() -> desk(isAccountContracted).decide(DAY));
            }
        }
        insurance.setFates(input -> Fate.ANSWERED);
        for (int i = 0; i < 3; i++) {
            desk(isAccountContracted).resume();
            desk(isAccountContracted).decide(DAY);
        }
        assertThat(desk(isAccountContracted).decide(DAY)).hasValue(true);
        assertEvenWith(isAccountContracted);
    }

    /** Something that the program may die of. */
    private interface Attempt {
        void run() throws Exception;
    }

    /** Does it, unless the program dies of it.
     *
     *  @return whether it lived */
    private static boolean attempt(Attempt what) throws Exception {
        try {
            what.run();
            return true;
        } catch (DirectInsurance.Killed e) {
            return false;
        }
    }

    /** The link is well again: what is open is taken up, and the statement of the day decides the rest. */
    private void heal() throws InterruptedException, ExecutionException {
        insurance.setFates(input -> Fate.ANSWERED);
        desk(true).resume();
        desk(true).decide(DAY);
        assertThat(desk(true).decide(DAY)).hasValue(true);
    }

    @Test
    void resume_neverAskedOfTheInsurance_isGivenUpAndNobodyHoldsLater() throws Exception {
        MedicalDesk.Ask ask = bill(10_000);
        MedicalSettlement quoted = new MedicalSettlement(settled.getLast(),
                new MedicalSettlement.Terms(HOSPITAL, ask.cardNo(), DAY, ask.settle(), table.nextMessage(DirectInsurance.CLINIC.code())),
                new Split(Money.ofFen(7_000), Money.ofFen(1_000), Money.ZERO, Money.ofFen(2_000), Money.ZERO),
                new MedicalSettlement.Quoted(Money.ofFen(2_000), Money.ofFen(1_000)),
                new MedicalSettlement.Standing(MedicalState.QUOTED, Optional.empty(), Optional.empty(), false, "quoted"));
        assertThat(table.begin(quoted, ask.items())).isTrue();
        assertThat(table.find(quoted.id())).hasValue(quoted);

        assertThat(desk(true).resume()).isEqualTo(1);

        assertThat(table.find(quoted.id()).orElseThrow().state()).isEqualTo(MedicalState.RELEASED);
        CardLegs late = new CardLegs(corridor, new OpenOrders(dsl), new CardLegs.Terms(40, true), CLOCK);
        assertThat(late.hold(quoted)).hasValue(PaymentRefusal.KEY_CONFLICT);
        assertEvenWith(true);
    }

    @Test
    void settle_twoNodesAtOnce_settlesOnce() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            MedicalDesk.Ask ask = bill(1_000);
            insurance.setFates(input -> {
                if (input.infNo() == InfNo.SETTLE) {
                    sent.incrementAndGet();
                }
                return Fate.ANSWERED;
            });
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<MedicalAnswer>> nodes = Stream.generate(() -> desk(false)).limit(4).map(desk -> threads.submit(() -> desk.settle(ask))).toList();
                for (Future<MedicalAnswer> node : nodes) {
                    node.get();
                }
            }
        }
        assertThat(sent.get()).isEqualTo(10);
        assertEvenWith(false);
    }

    @Test
    void settle_withItems_leavesNoneOfThemInClearAnywhere() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        try {
            for (Fate fate : Fate.values()) {
                MedicalDesk.Ask ask = bill(10_000);
                insurance.setFates(input -> input.infNo() == InfNo.SETTLE || input.infNo() == InfNo.REVERSE ? fate : Fate.ANSWERED);
                attempt(() -> desk(false).settle(ask));
                insurance.setFates(input -> Fate.ANSWERED);
            }
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list).isNotEmpty().allSatisfy(event -> assertThat(event.getFormattedMessage()).doesNotContain(DIAGNOSIS, MEDICINE, IDENTITY, "\"P1\""));
        assertThat(table.items().read(settled.getFirst()).diagnoses()).containsExactly(DIAGNOSIS);
        for (byte[] sealed : sealed("SELECT sealed FROM patient.medical_item UNION ALL SELECT sealed FROM ledger.medical_settlement")) {
            assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain(DIAGNOSIS, MEDICINE, "P1");
            assertThatThrownBy(() -> StorageKey.of(RING, 1, "bank").open(sealed, new byte[20])).isInstanceOf(KeysUnavailable.class);
        }
    }

    private List<byte[]> sealed(String query) throws SQLException {
        List<byte[]> all = new ArrayList<>();
        try (Connection connection = database.connect(); Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                all.add(rows.getBytes(1));
            }
        }
        assertThat(all).isNotEmpty();
        return all;
    }

    @Test
    void write_statistics_areTotalsOfWhatWasPaid() throws Exception {
        stands(desk(false).settle(bill(10_000)));
        String cancelled = stands(desk(false).settle(bill(600))).id();
        stands(desk(false).settle(bill(900)));
        desk(false).cancel(cancelled, "wrong patient");
        MedicalStatistics statistics = new MedicalStatistics(dsl, table);

        Map<String, MedicalStatistics.Total> totals = statistics.write(HOSPITAL, DAY);

        assertThat(totals).isEqualTo(Map.of("09", new MedicalStatistics.Total(7_267, 2), "03", new MedicalStatistics.Total(3_633, 2)));
        assertThat(statistics.write(HOSPITAL, DAY)).isEqualTo(totals);
    }
}
