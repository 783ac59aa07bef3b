package cn.onecard.engine.flow;

import static cn.onecard.sql.tables.clearing.Tables.DAY_CARD;
import static cn.onecard.sql.tables.clearing.Tables.DAY_RUN;
import static cn.onecard.sql.tables.ledger.Tables.CARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.card.CardState;
import cn.onecard.engine.card.RegisterTable;
import cn.onecard.engine.card.Registration;
import cn.onecard.engine.office.AccountMove;
import cn.onecard.engine.office.ActKind;
import cn.onecard.engine.office.CardAct;
import cn.onecard.engine.office.CardAnswer;
import cn.onecard.engine.office.CardAsk;
import cn.onecard.engine.office.CardChange;
import cn.onecard.engine.office.OfficeTable;
import cn.onecard.engine.office.PurseClaim;
import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.Asking;
import cn.onecard.engine.order.BalanceCheck;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OrderEvent;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderKind;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.engine.order.PaymentRequest.Change;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.engine.order.Payments;
import cn.onecard.engine.post.Calendar;
import cn.onecard.engine.testing.City;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.Utc;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cards are handed out, lost, found, replaced and closed, and every fen that was on them or behind them arrives, once. */
class CardDeskTest {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final int DAYS = 7;
    private static final CardAsk.Because CLERK = new CardAsk.Because("clerk 7", "owner at the counter");

    @TempDir
    private Path folder;
    private final SteppedClock clock = new SteppedClock();
    private HikariDataSource pool;
    private DSLContext dsl;
    private PaymentCorridor corridor;
    private OfficeTable office;
    private CardDesk desk;
    private int calls;          // written by key()

    @BeforeEach
    void begin() throws Exception {
        TestDatabase.wipe();
        pool = TestDatabase.database(Account.ENGINE).pool("cards", 6);
        dsl = Database.dsl(pool);
        new Calendar(dsl).openOrBegin(Asking.DAY, Asking.NOW);
        new Registration(dsl).register(City.write(folder));
        Payments payments = Payments.open(new Payments.Settings("here", 1, PaymentLimits.STANDARD), pool, dsl, new SimpleMeterRegistry());
        corridor = PaymentCorridor.open(payments, new SimpleMeterRegistry());
        office = new OfficeTable(dsl, DAYS);
        desk = new CardDesk(office, corridor, clock);
        new Accounts(dsl).open(wallet(City.ORDINARY), PaymentLimits.REGISTERED, Asking.DAY, Asking.NOW);
        assertThat(pay(OrderKind.DEPOSIT, wallet(City.ORDINARY), 20_000, Goal.PAY)).isInstanceOf(PaymentAnswer.Done.class);
    }

    @AfterEach
    void end() throws Exception {
        corridor.close(Duration.ofSeconds(10));
        assertThat(new BalanceCheck(pool).run().broken()).isEmpty();
        pool.close();
    }

    @ParameterizedTest
    @EnumSource
    void act_inEachState_isDoneOrForbidden(ActKind kind) {
        Map<CardState, CardState> expected = new EnumMap<>(CardState.class);
        switch (kind) {
            case ACTIVATE -> expected.put(CardState.ISSUED, CardState.ACTIVE);
            case REPORT_LOST -> expected.putAll(Map.of(CardState.ISSUED, CardState.LOST, CardState.ACTIVE, CardState.LOST));
            case FOUND -> expected.put(CardState.LOST, CardState.ACTIVE);
            case REPLACE -> expected.putAll(Map.of(CardState.ACTIVE, CardState.CLOSED, CardState.LOST, CardState.CLOSED));
            case CLOSE -> expected.putAll(Map.of(CardState.ISSUED, CardState.CLOSED, CardState.ACTIVE, CardState.CLOSED, CardState.LOST, CardState.CLOSED));
            case RENEW -> expected.put(CardState.ACTIVE, CardState.ACTIVE);
            case CHANGE_KIND -> expected.putAll(Map.of(CardState.ISSUED, CardState.ISSUED, CardState.ACTIVE, CardState.ACTIVE));
            case LOCKED -> List.of(CardState.values()).forEach(state -> expected.put(state, state));
        }
        Map<CardState, CardNo> cards = Map.of(CardState.ACTIVE, City.ORDINARY, CardState.LOST, City.SENIOR_SM4, CardState.CLOSED, City.TEST_CARD,
                CardState.ISSUED, City.LOST_SINCE_NOON);
        for (CardState from : CardState.values()) {
            CardNo card = Optional.ofNullable(cards.get(from)).orElseThrow();
            dsl.update(CARD).set(CARD.STATE_CODE, from.code()).where(CARD.CARD_NO.eq(card)).execute();
            dsl.update(CARD).set(CARD.STATE_CODE, CardState.ISSUED.code()).where(CARD.CARD_NO.eq(City.FRESH)).execute();
            CardAnswer answer = desk.act(new CardAsk(key(), card, change(kind), CLERK, clock.instant()));
            if (expected.containsKey(from)) {
                assertThat(answer).as("%s of a card that is %s", kind, from).isInstanceOf(CardAnswer.Done.class);
                assertThat(master(card).state()).isEqualTo(expected.get(from));
            } else {
                assertThat(answer).as("%s of a card that is %s", kind, from)
                        .isEqualTo(new CardAnswer.No(CardAnswer.Reason.CARD_STATE_FORBIDS, "the card is " + from));
                assertThat(master(card).state()).isEqualTo(from);
            }
        }
    }

    private static CardChange change(ActKind kind) {
        return switch (kind) {
            case ACTIVATE -> new CardChange.Activate();
            case REPORT_LOST -> new CardChange.ReportLost();
            case FOUND -> new CardChange.Found();
            case REPLACE -> new CardChange.Replace(City.FRESH, Optional.empty());
            case CLOSE -> new CardChange.Close(Optional.empty());
            case RENEW -> new CardChange.Renew(LocalDate.of(2030, 12, 31));
            case CHANGE_KIND -> new CardChange.ChangeKind(CardKind.STUDENT);
            case LOCKED -> new CardChange.Locked(City.BUS, true);
        };
    }

    @Test
    void act_sentAgain_isTheSameActAndChangesNothing() {
        CardAsk ask = new CardAsk(key(), City.ORDINARY, new CardChange.ReportLost(), CLERK, clock.instant());
        CardAnswer first = desk.act(ask);
        desk.act(new CardAsk(key(), City.ORDINARY, new CardChange.Found(), CLERK, clock.instant()));
        assertThat(desk.act(new CardAsk(ask.call(), ask.card(), ask.change(), ask.who(), clock.instant().plusSeconds(9)))).isEqualTo(first);
        assertThat(master(City.ORDINARY).state()).isEqualTo(CardState.ACTIVE);
        assertThat(desk.act(new CardAsk(ask.call(), City.SENIOR_SM4, ask.change(), ask.who(), clock.instant())))
                .isEqualTo(new CardAnswer.No(CardAnswer.Reason.KEY_CONFLICT, ""));
        assertThat(office.list(City.ORDINARY)).extracting(CardAct::kind).containsExactly(ActKind.REPORT_LOST, ActKind.FOUND);
    }

    @Test
    void act_atOnceFromManyCounters_isDoneOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<CardAnswer>> asks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                CallKey key = key();
                asks.add(() -> desk.act(new CardAsk(key, City.ORDINARY, new CardChange.Replace(City.FRESH, Optional.empty()), CLERK, clock.instant())));
            }
            int done = 0;
            for (Future<CardAnswer> one : threads.invokeAll(asks)) {
                done += one.get() instanceof CardAnswer.Done ? 1 : 0;
            }
            assertThat(done).isEqualTo(1);
        }
        assertThat(office.list(City.ORDINARY)).hasSize(1);
    }

    @Test
    void act_unknownCard_isRefused() {
        assertThat(desk.act(new CardAsk(key(), CardNo.ofDigits("31040000000000009999"), new CardChange.ReportLost(), CLERK, clock.instant())))
                .isEqualTo(new CardAnswer.No(CardAnswer.Reason.CARD_UNKNOWN, ""));
    }

    @Test
    void renew_earlierDate_changesNothing() {
        assertThat(desk.act(new CardAsk(key(), City.ORDINARY, new CardChange.Renew(LocalDate.of(2027, 12, 31)), CLERK, clock.instant())))
                .isEqualTo(new CardAnswer.No(CardAnswer.Reason.NOTHING_CHANGES, "it is valid to 2027-12-31"));
        act(City.ORDINARY, new CardChange.Renew(LocalDate.of(2029, 12, 31)));
        assertThat(master(City.ORDINARY).validTo()).isEqualTo(LocalDate.of(2029, 12, 31));
        assertThat(office.list(City.ORDINARY)).extracting(CardAct::changed).containsExactly("valid to 2027-12-31 -> 2029-12-31");
    }

    @Test
    void everyAct_isAChangeOfTheRegisterThatCoresFollow() {
        RegisterTable register = new RegisterTable(dsl);
        long before = register.lastChange();
        act(City.ORDINARY, new CardChange.ReportLost());
        assertThat(register.lastChange()).isEqualTo(before + 1);
        assertThat(register.readChanges(RegisterTable.Position.before(before + 1), before + 1, 10).cards()).extracting(CardMaster::cardNo).containsExactly(City.ORDINARY);
    }

    @Test
    void reportLost_walletGivesNothingUntilItIsFound() throws Exception {
        act(City.ORDINARY, new CardChange.ReportLost());
        assertThat(pay(OrderKind.PAYMENT, wallet(City.ORDINARY), 100, Goal.PAY)).extracting("reason").isEqualTo(PaymentRefusal.ACCOUNT_BLOCKED);
        act(City.ORDINARY, new CardChange.Found());
        assertThat(pay(OrderKind.PAYMENT, wallet(City.ORDINARY), 100, Goal.PAY)).isInstanceOf(PaymentAnswer.Done.class);
    }

    @Test
    void replace_walletMovesAtOnce_andWhatIsHeldOrGivenBackFollows() throws Exception {
        PaymentAnswer.Done held = (PaymentAnswer.Done) pay(OrderKind.PAYMENT, wallet(City.ORDINARY), 3_000, Goal.HOLD);
        PaymentAnswer.Done paid = (PaymentAnswer.Done) pay(OrderKind.PAYMENT, wallet(City.ORDINARY), 2_000, Goal.PAY);
        act(City.ORDINARY, new CardChange.ReportLost());
        act(City.ORDINARY, new CardChange.Replace(City.FRESH, Optional.empty()));
        desk.attend();
        assertThat(balance(wallet(City.FRESH))).isEqualTo(15_000);
        assertThat(balance(wallet(City.ORDINARY))).isEqualTo(3_000);
        assertThat(master(City.FRESH).state()).isEqualTo(CardState.ACTIVE);
        corridor.take(Change.of(key(), held.order(), OrderEvent.VOID, "", clock.instant())).get();
        corridor.take(Change.refund(key(), paid.order(), Money.ofFen(500), "", clock.instant())).get();
        desk.attend();
        assertThat(balance(wallet(City.FRESH))).isEqualTo(18_500);
        assertThat(balance(wallet(City.ORDINARY))).isZero();
        assertThat(desk.attend()).isZero();
    }

    /** Whoever dies between two steps of a move leaves it to the next one, and nothing moves twice. */
    @ParameterizedTest
    @EnumSource
    void move_diedAfterAStep_isFinishedOnce(Step died) throws Exception {
        act(City.ORDINARY, new CardChange.Replace(City.FRESH, Optional.empty()));
        AccountMove move = office.listMoves(1).getFirst();
        assertThat(office.begin(move)).isTrue();
        assertThat(office.begin(move)).as("a second node").isFalse();
        String account = OrderId.of(CallKey.ofHouse("card-office", City.ORDINARY.digits())) + "-" + move.entryNo();
        if (died != Step.BEGUN) {
            take(OrderKind.TRANSFER_OUT, move.from(), move.amount(), "out-WALLET-" + account);
        }
        if (died == Step.ARRIVED) {
            take(OrderKind.TRANSFER_IN, move.to(), move.amount(), "in-WALLET-" + account);
        }
        desk.attend();
        desk.attend();
        assertThat(balance(wallet(City.FRESH))).isEqualTo(20_000);
        assertThat(balance(wallet(City.ORDINARY))).isZero();
        assertThat(office.listMoves(10)).isEmpty();
    }

    /** How far a move had come. */
    enum Step { BEGUN, LEFT, ARRIVED }

    private void take(OrderKind kind, AccountId account, Money amount, String key) throws Exception {
        OrderTerms terms = new OrderTerms(kind, account, new PartyId(9), 0, amount);
        assertThat(corridor.take(Opening.of(CallKey.ofHouse("card-office", key), terms, Goal.PAY, Duration.ofMinutes(1), clock.instant())).get())
                .isInstanceOf(PaymentAnswer.Done.class);
    }

    @Test
    void claim_unreadableCard_waitsUntilNoTapCanBeLate() throws Exception {
        act(City.ORDINARY, new CardChange.Replace(City.FRESH, Optional.empty()));
        desk.attend();
        long moved = balance(wallet(City.FRESH));
        seal(today(), 700);
        clock.step(Duration.ofDays(DAYS));
        desk.attend();
        assertThat(office.findClaim(City.ORDINARY).orElseThrow().state()).as("the day before is not sealed").isEqualTo(PurseClaim.State.WAITING);
        seal(today().minusDays(1), 300);
        desk.attend();
        desk.attend();
        assertThat(office.findClaim(City.ORDINARY).orElseThrow()).extracting(PurseClaim::state, PurseClaim::amount).containsExactly(PurseClaim.State.PAID, Money.ofFen(9_000));
        assertThat(balance(wallet(City.FRESH))).isEqualTo(moved + 9_000);
    }

    @Test
    void claim_beforeItsDay_waits() throws Exception {
        act(City.ORDINARY, new CardChange.Close(Optional.empty()));
        clock.step(Duration.ofDays(DAYS - 1));
        seal(today(), 0);
        desk.attend();
        assertThat(office.listOpenClaims(10)).extracting(PurseClaim::state).containsExactly(PurseClaim.State.WAITING);
    }

    @Test
    void claim_ofACardThatWasRead_isNotHeldUpByThoseThatWait() {
        act(City.SENIOR_SM4, new CardChange.Close(Optional.empty()));
        clock.step(Duration.ofDays(DAYS + 1));
        act(City.ORDINARY, new CardChange.Close(Optional.of(Money.ofFen(100))));
        assertThat(office.listDueClaims(today(), 1)).extracting(PurseClaim::card).containsExactly(City.ORDINARY);
        seal(today().minusDays(1), 0);
        assertThat(office.listDueClaims(today(), 1)).extracting(PurseClaim::card).containsExactly(City.SENIOR_SM4);
    }

    @Test
    void close_cardThatWasRead_isPaidAtOnceToItsOwnWallet() throws Exception {
        act(City.ORDINARY, new CardChange.Close(Optional.of(Money.ofFen(9_400))));
        desk.attend();
        desk.attend();
        assertThat(balance(wallet(City.ORDINARY))).isEqualTo(29_400);
        assertThat(pay(OrderKind.WITHDRAWAL, wallet(City.ORDINARY), 29_400, Goal.PAY)).isInstanceOf(PaymentAnswer.Done.class);
        assertThat(office.listOpenClaims(10)).isEmpty();
    }

    @Test
    void close_faceAboveTheBooks_isRefused() {
        seal(today(), 700);
        assertThat(desk.act(new CardAsk(key(), City.ORDINARY, new CardChange.Close(Optional.of(Money.ofFen(9_301))), CLERK, clock.instant())))
                .isEqualTo(new CardAnswer.No(CardAnswer.Reason.FACE_ABOVE_BOOKS, "the books say 93.00 yuan"));
        assertThat(master(City.ORDINARY).state()).isEqualTo(CardState.ACTIVE);
        act(City.ORDINARY, new CardChange.Close(Optional.of(Money.ofFen(9_300))));
    }

    @Test
    void claim_booksBelowNothing_isForAPersonToSee() throws Exception {
        act(City.ORDINARY, new CardChange.Close(Optional.empty()));
        clock.step(Duration.ofDays(DAYS));
        seal(today(), 10_001);
        desk.attend();
        assertThat(office.listOpenClaims(10)).extracting(PurseClaim::state, PurseClaim::amount).containsExactly(
                tuple(PurseClaim.State.BELOW_NOTHING, Money.ofFen(1)));
        assertThat(balance(wallet(City.ORDINARY))).isEqualTo(20_000);
    }

    @Test
    void claim_nothingLeft_isDecided() throws Exception {
        act(City.ORDINARY, new CardChange.Close(Optional.empty()));
        clock.step(Duration.ofDays(DAYS));
        seal(today(), 10_000);
        desk.attend();
        assertThat(office.findClaim(City.ORDINARY).orElseThrow().state()).isEqualTo(PurseClaim.State.NOTHING);
    }

    private void act(CardNo card, CardChange change) {
        assertThat(desk.act(new CardAsk(key(), card, change, CLERK, clock.instant()))).isInstanceOf(CardAnswer.Done.class);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), CHINA);
    }

    /** A day that settlement sealed, on which the ordinary card was tapped for so much. */
    private static void seal(LocalDate day, long fen) {
        try (HikariDataSource settlement = TestDatabase.database(Account.SETTLEMENT).pool("seal", 1)) {
            DSLContext in = Database.dsl(settlement);
            BusinessDate date = new BusinessDate(day);
            in.insertInto(DAY_RUN).set(DAY_RUN.BUSINESS_DATE, date).set(DAY_RUN.STAGE_CODE, 2).set(DAY_RUN.CLOSED_AT, Utc.of(Asking.NOW)).set(DAY_RUN.CARD_SALT, new byte[32])
                    .set(DAY_RUN.TAP_COUNT, 1L).set(DAY_RUN.ACCEPTED_FEN, fen).set(DAY_RUN.SUSPENSE_FEN, 0L).set(DAY_RUN.FEE_VERSION, 0).set(DAY_RUN.MERKLE_ROOT, new byte[32]).execute();
            in.insertInto(DAY_CARD).set(DAY_CARD.BUSINESS_DATE, date).set(DAY_CARD.CARD_NO, City.ORDINARY).set(DAY_CARD.DAY_CARD_NO, 1).set(DAY_CARD.TAP_COUNT, 1)
                    .set(DAY_CARD.AMOUNT_FEN, fen).set(DAY_CARD.LAST_COUNTER, 1).set(DAY_CARD.BALANCE_AFTER_FEN, 0L).execute();
        }
    }

    private CardMaster master(CardNo card) {
        return Optional.ofNullable(new RegisterTable(dsl).readCards(List.of(card)).get(card)).orElseThrow();
    }

    private long balance(AccountId account) {
        return new Accounts(dsl).findBalance(account).orElseThrow().balance().fen();
    }

    private PaymentAnswer pay(OrderKind kind, AccountId account, long fen, Goal goal) throws Exception {
        OrderTerms terms = new OrderTerms(kind, account, new PartyId(1), 20, Money.ofFen(fen));
        return corridor.take(Opening.of(key(), terms, goal, Duration.ofMinutes(10), clock.instant())).get();
    }

    private static AccountId wallet(CardNo card) {
        return new AccountId(card, AccountKind.WALLET);
    }

    private CallKey key() {
        return new CallKey("counter", "k" + calls++);
    }
}
