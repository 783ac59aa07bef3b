package cn.onecard.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.card.KeyProfile;
import cn.onecard.engine.card.RegisterTable;
import cn.onecard.engine.card.Registration;
import cn.onecard.engine.key.CardKeys;
import cn.onecard.engine.key.KeySchemes;
import cn.onecard.engine.key.LoadKeys;
import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.Asking;
import cn.onecard.engine.order.BalanceCheck;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.Loads;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderKind;
import cn.onecard.engine.order.OrderState;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.engine.order.Payments;
import cn.onecard.engine.post.Calendar;
import cn.onecard.engine.testing.City;
import cn.onecard.engine.testing.LoadableCard;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TerminalId;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cards are loaded, torn away before they are, and torn away after. */
class LoadDeskTest {
    private static final TerminalId KIOSK = new TerminalId(0x0C00_0000_0001L);
    private static final TerminalId OTHER_KIOSK = new TerminalId(0x0C00_0000_0002L);
    private static final Money AMOUNT = Money.ofFen(5_000);

    @TempDir
    private Path folder;
    private HikariDataSource pool;
    private DSLContext dsl;
    private PaymentCorridor corridor;
    private LoadDesk desk;
    private int calls;          // written by key()

    @BeforeEach
    void begin() throws Exception {
        TestDatabase.wipe();
        pool = TestDatabase.database(Account.ENGINE).pool("loads", 4);
        dsl = Database.dsl(pool);
        new Calendar(dsl).openOrBegin(Asking.DAY, Asking.NOW);
        new Registration(dsl).register(City.write(folder));
        Payments payments = Payments.open(new Payments.Settings("here", 1, PaymentLimits.STANDARD), pool, dsl, new SimpleMeterRegistry());
        corridor = PaymentCorridor.open(payments, new SimpleMeterRegistry());
        desk = new LoadDesk(new LoadDesk.Register(new RegisterTable(dsl), new Loads(dsl)),
                new LoadDesk.Keys(new LoadKeys(City.KEYS, KeySchemes.standard()), new CardKeys(City.KEYS, KeySchemes.standard())),
                corridor, Clock.fixed(Asking.NOW, ZoneOffset.UTC));
        for (CardNo card : new CardNo[] {City.ORDINARY, City.SENIOR_SM4}) {
            for (AccountKind kind : new AccountKind[] {AccountKind.WALLET, AccountKind.LOADS_IN_FLIGHT}) {
                new Accounts(dsl).open(new AccountId(card, kind), PaymentLimits.REGISTERED, Asking.DAY, Asking.NOW);
            }
            OrderTerms funds = terms(OrderKind.DEPOSIT, new AccountId(card, AccountKind.WALLET), Money.ofFen(20_000));
            assertThat(corridor.take(Opening.of(key(), funds, Goal.PAY, Duration.ofMinutes(1), Asking.NOW)).get()).isInstanceOf(PaymentAnswer.Done.class);
        }
    }

    @AfterEach
    void end() throws Exception {
        corridor.close(Duration.ofSeconds(10));
        assertThat(new BalanceCheck(pool).run().broken()).isEmpty();
        pool.close();
    }

    @ParameterizedTest
    @EnumSource
    void begin_trueCard_isLoadedFromItsWalletAndConfirmed(Algorithm algorithm) throws Exception {
        CardNo cardNo = algorithm == Algorithm.SM4 ? City.SENIOR_SM4 : City.ORDINARY;
        LoadableCard card = card(cardNo, algorithm);
        LoadDesk.Ask ask = ask(card, cardNo, KIOSK);
        LoadAnswer.Go go = (LoadAnswer.Go) desk.begin(ask);
        assertThat(desk.begin(ask)).as("sent again").isEqualTo(go);
        assertThat(available(cardNo)).isEqualTo(Money.ofFen(15_000));
        Tac tac = card.credit(go.hostTime(), go.mac2()).orElseThrow();
        CallKey confirmation = key();
        assertThat(desk.confirm(confirmation, go.order(), tac)).isEqualTo(new PaymentAnswer.Done(go.order(), OrderState.CAPTURED, AMOUNT, Asking.NOW));
        assertThat(desk.confirm(confirmation, go.order(), tac)).as("sent again").isEqualTo(new PaymentAnswer.Done(go.order(), OrderState.CAPTURED, AMOUNT, Asking.NOW));
        assertThat(card.balance()).isEqualTo(Money.ofFen(15_000));
        assertThat(available(cardNo)).isEqualTo(Money.ofFen(15_000));
    }

    @Test
    void begin_paidInByCash_isInFlightUntilTheCardConfirms() throws Exception {
        LoadableCard card = card(City.ORDINARY, Algorithm.TDES);
        LoadableCard.Init init = card.init(AMOUNT, KIOSK);
        OrderTerms cash = terms(OrderKind.TOP_UP_PAID_IN, new AccountId(City.ORDINARY, AccountKind.LOADS_IN_FLIGHT), AMOUNT);
        LoadAnswer.Go go = (LoadAnswer.Go) desk.begin(new LoadDesk.Ask(key(), cash, KIOSK, init.init(), init.mac1(), "cash"));
        assertThat(new Accounts(dsl).findBalance(cash.account()).orElseThrow().balance()).isEqualTo(AMOUNT);
        assertThat(desk.confirm(key(), go.order(), card.credit(go.hostTime(), go.mac2()).orElseThrow())).isInstanceOf(PaymentAnswer.Done.class);
        assertThat(new Accounts(dsl).findBalance(cash.account()).orElseThrow().balance()).isEqualTo(Money.ZERO);
    }

    @Test
    void begin_codeOrCardIsWrong_holdsNothing() throws Exception {
        LoadableCard card = card(City.ORDINARY, Algorithm.TDES);
        LoadDesk.Ask ask = ask(card, City.ORDINARY, KIOSK);
        assertThat(reason(desk.begin(new LoadDesk.Ask(ask.call(), ask.order(), OTHER_KIOSK, ask.init(), ask.mac1(), "")))).isEqualTo(PaymentRefusal.MAC1_WRONG);
        OrderTerms stranger = terms(OrderKind.TOP_UP, Asking.wallet(5), AMOUNT);
        assertThat(reason(desk.begin(new LoadDesk.Ask(key(), stranger, KIOSK, ask.init(), ask.mac1(), "")))).isEqualTo(PaymentRefusal.CARD_UNKNOWN);
        assertThat(available(City.ORDINARY)).isEqualTo(Money.ofFen(20_000));
        assertThat(card.credit(EventTime.of(City.NOON), 1)).as("a MAC2 that is not the host's").isEmpty();
    }

    @Test
    void begin_tornAwayAfterItWasCredited_isProvenDoneByTheNextCounter() throws Exception {
        LoadableCard card = card(City.ORDINARY, Algorithm.TDES);
        LoadAnswer.Go lost = (LoadAnswer.Go) desk.begin(ask(card, City.ORDINARY, KIOSK));
        card.credit(lost.hostTime(), lost.mac2());
        sweep();
        assertThat(state(lost.order())).isEqualTo(OrderState.UNKNOWN);
        assertThat(available(City.ORDINARY)).as("still held").isEqualTo(Money.ofFen(15_000));
        desk.begin(ask(card, City.ORDINARY, KIOSK));
        assertThat(state(lost.order())).isEqualTo(OrderState.CAPTURED);
    }

    @Test
    void begin_tornAwayBeforeItWasCredited_isProvenUndoneElsewhereOrByTheLoadThatFollows() throws Exception {
        LoadableCard card = card(City.ORDINARY, Algorithm.TDES);
        LoadAnswer.Go first = (LoadAnswer.Go) desk.begin(ask(card, City.ORDINARY, KIOSK));
        LoadAnswer.Go second = (LoadAnswer.Go) desk.begin(ask(card, City.ORDINARY, KIOSK));
        assertThat(state(first.order())).as("the same kiosk may have kept this answer back").isEqualTo(OrderState.HELD);
        LoadAnswer.Go third = (LoadAnswer.Go) desk.begin(ask(card, City.ORDINARY, OTHER_KIOSK));
        assertThat(state(first.order())).isEqualTo(OrderState.VOIDED);
        assertThat(state(second.order())).isEqualTo(OrderState.VOIDED);
        LoadAnswer.Go fourth = (LoadAnswer.Go) desk.begin(ask(card, City.ORDINARY, OTHER_KIOSK));
        desk.confirm(key(), fourth.order(), card.credit(fourth.hostTime(), fourth.mac2()).orElseThrow());
        assertThat(state(third.order())).isEqualTo(OrderState.VOIDED);
        assertThat(available(City.ORDINARY)).isEqualTo(Money.ofFen(15_000));
    }

    @Test
    void confirm_lateOrWithAWrongTac_paysOnlyForWhatTheCardProved() throws Exception {
        LoadableCard card = card(City.ORDINARY, Algorithm.TDES);
        LoadAnswer.Go go = (LoadAnswer.Go) desk.begin(ask(card, City.ORDINARY, KIOSK));
        Tac tac = card.credit(go.hostTime(), go.mac2()).orElseThrow();
        CallKey wrong = key();
        assertThat(desk.confirm(wrong, go.order(), new Tac(tac.value() ^ 1))).isEqualTo(new PaymentAnswer.Done(go.order(), OrderState.UNKNOWN, AMOUNT, Asking.NOW));
        assertThat(desk.confirm(wrong, go.order(), new Tac(tac.value() ^ 2))).isEqualTo(new PaymentAnswer.Refused(go.order(), PaymentRefusal.KEY_CONFLICT));
        assertThat(desk.confirm(key(), go.order(), tac)).isEqualTo(new PaymentAnswer.Done(go.order(), OrderState.CAPTURED, AMOUNT, Asking.NOW));
    }

    private void sweep() throws Exception {
        Clock later = Clock.fixed(Asking.NOW.plus(Duration.ofMinutes(3)), ZoneOffset.UTC);
        assertThat(new HoldSweeper(new OpenOrders(dsl), corridor, later).sweep()).isEqualTo(1);
    }

    private LoadDesk.Ask ask(LoadableCard card, CardNo cardNo, TerminalId terminal) {
        LoadableCard.Init init = card.init(AMOUNT, terminal);
        return new LoadDesk.Ask(key(), terms(OrderKind.TOP_UP, new AccountId(cardNo, AccountKind.WALLET), AMOUNT), terminal, init.init(), init.mac1(), "");
    }

    private static OrderTerms terms(OrderKind kind, AccountId account, Money amount) {
        return new OrderTerms(kind, account, new PartyId(1), 21, amount);
    }

    private CallKey key() {
        calls++;
        return CallKey.ofCaller("kiosks", "call-" + calls);
    }

    private static LoadableCard card(CardNo cardNo, Algorithm algorithm) {
        return new LoadableCard(City.KEYS, cardNo, new KeyProfile(KeySchemes.DEFAULT, algorithm, City.ISSUER, City.CITY_CODE), Money.ofFen(10_000), 3);
    }

    private static PaymentRefusal reason(LoadAnswer answer) {
        return ((LoadAnswer.No) answer).reason();
    }

    private OrderState state(OrderId order) {
        return new OpenOrders(dsl).find(order).orElseThrow().state();
    }

    private Money available(CardNo cardNo) {
        return new Accounts(dsl).findBalance(new AccountId(cardNo, AccountKind.WALLET)).orElseThrow().available();
    }
}
