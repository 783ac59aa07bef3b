package cn.onecard.engine.boot;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.card.KeyProfile;
import cn.onecard.engine.key.KeySchemes;
import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.BalanceCheck;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OrderKind;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.engine.order.PaymentShard;
import cn.onecard.engine.order.Payments;
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
import cn.onecard.wire.LoadFrame;
import cn.onecard.wire.LoadTacFrame;
import cn.onecard.wire.PaymentCodec;
import cn.onecard.wire.proto.Load;
import cn.onecard.wire.proto.LoadAnswer;
import cn.onecard.wire.proto.LoadGo;
import cn.onecard.wire.proto.LoadTac;
import cn.onecard.wire.proto.OrderAnswer;
import cn.onecard.wire.proto.OrderChange;
import cn.onecard.wire.proto.OrderName;
import cn.onecard.wire.proto.OrderStanding;
import cn.onecard.wire.proto.OrderView;
import cn.onecard.wire.proto.Payment;
import cn.onecard.wire.proto.PaymentReason;
import cn.onecard.wire.proto.PaymentServiceGrpcClient;
import com.google.protobuf.ByteString;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cards are loaded and wallets pay, over mutual TLS and into a real database: by one gateway, by another that should not, by two
 *  nodes at once, and by somebody who sends anything. Afterwards the books always hold. */
class TerminalPaymentsTest {
    private static final long FUNDS = 20_000;
    private static final long AMOUNT = 5_000;
    private static final int SHOPPING = 10;
    private static final int HOSTILE_CALLS = 10_000;
    private static final int AT_ONCE = 50;
    /** A card with nothing in its wallet, and with a number that no other one comes near. */
    private static final CardNo EMPTY = CardNo.ofDigits("99999999999999999999");
    /** It is the noon of the city's day, when its terminals are valid, and time goes on. */
    private final Clock clock = Clock.offset(Clock.systemUTC(),
            Duration.between(Clock.systemUTC().instant(), City.NOON.toInstant(ZoneOffset.ofHours(8))));

    private Database database;
    private RunningCore core;
    private Gateway gateway;
    private HikariDataSource pool;
    private HikariDataSource reading;
    private Accounts accounts;

    @BeforeEach
    void start() throws Exception {
        core = RunningCore.startFresh(clock);
        gateway = new Gateway(City.GATEWAY, core.grpcPort());
        database = TestDatabase.database(Account.ENGINE);
        pool = database.transactionPool("test", 2);
        reading = database.pool("reading", 2);
        DSLContext dsl = Database.dsl(reading);
        accounts = new Accounts(dsl);
        PaymentShard till = Payments.open(new Payments.Settings("till", 1, PaymentLimits.STANDARD), pool, dsl, new SimpleMeterRegistry()).shards().getFirst();
        fund(City.ORDINARY, till);
        fund(City.SENIOR_SM4, till);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        core.close();
        assertThat(new BalanceCheck(pool).run().broken()).isEmpty();
        pool.close();
        reading.close();
    }

    @ParameterizedTest
    @EnumSource
    void load_fromTheWallet_isHeldThenCapturedByTheTac(Algorithm algorithm) {
        CardNo cardNo = algorithm == Algorithm.SM4 ? City.SENIOR_SM4 : City.ORDINARY;
        LoadableCard card = card(cardNo, algorithm);
        Load load = load("l", card, cardNo, LoadFrame.Source.WALLET);
        LoadGo go = begin(load).getGo();
        assertThat(begin(load).getGo()).as("the answer was lost: asked again").isEqualTo(go);
        assertThat(available(cardNo)).isEqualTo(FUNDS - AMOUNT);
        assertThat(find("l").getStanding()).isEqualTo(OrderStanding.ORDER_HELD);

        LoadTac tac = tac("t", "l", credit(card, go));
        OrderAnswer captured = confirm(tac);
        assertThat(captured.getDone().getStanding()).isEqualTo(OrderStanding.ORDER_CAPTURED);
        assertThat(captured.getDone().getAmountFen()).isEqualTo(AMOUNT);
        assertThat(confirm(tac)).as("the answer was lost: asked again").isEqualTo(captured);
        assertThat(find("l").getCapturedFen()).isEqualTo(AMOUNT);
        assertThat(available(cardNo)).isEqualTo(FUNDS - AMOUNT);
        assertThat(card.balance()).isEqualTo(Money.ofFen(10_000 + AMOUNT));
        assertThat(begin(load).getGo()).as("and even now").isEqualTo(go);
    }

    @ParameterizedTest
    @EnumSource(value = LoadFrame.Source.class, names = {"CASH", "BANK_CARD"})
    void load_paidInAtTheTerminal_isInFlightUntilTheCardConfirms(LoadFrame.Source source) {
        LoadableCard card = card(City.ORDINARY, Algorithm.TDES);
        LoadGo go = begin(load("l", card, City.ORDINARY, source)).getGo();
        AccountId inFlight = new AccountId(City.ORDINARY, AccountKind.LOADS_IN_FLIGHT);
        assertThat(accounts.findBalance(inFlight).orElseThrow().balance().fen()).isEqualTo(AMOUNT);
        assertThat(confirm(tac("t", "l", credit(card, go))).getDone().getStanding()).isEqualTo(OrderStanding.ORDER_CAPTURED);
        assertThat(accounts.findBalance(inFlight).orElseThrow().balance()).isEqualTo(Money.ZERO);
        assertThat(available(City.ORDINARY)).isEqualTo(FUNDS);
    }

    @Test
    void load_cardOrTerminalIsNotTrue_isRefusedAndHoldsNothing() {
        LoadableCard card = card(City.ORDINARY, Algorithm.TDES);
        Load load = load("l", card, City.ORDINARY, LoadFrame.Source.WALLET);
        assertThat(begin(load.toBuilder().setMac1(load.getMac1() ^ 1).build()).getRefused()).isEqualTo(PaymentReason.MAC1_WRONG);
        assertThat(begin(load.toBuilder().setPsamNo(City.METRO.value()).build()).getRefused()).as("MAC1 is over the terminal").isEqualTo(PaymentReason.MAC1_WRONG);
        assertThat(begin(load.toBuilder().setPsamNo(77).build()).getRefused()).isEqualTo(PaymentReason.TERMINAL_UNKNOWN);
        assertThat(begin(load.toBuilder().setKeyVersion(9).build()).getRefused()).isEqualTo(PaymentReason.CARD_UNKNOWN);
        try (Gateway stranger = new Gateway("stranger", core.grpcPort())) {
            assertThat(stranger.ask(PaymentServiceGrpcClient.BeginLoad, load).ok().getRefused()).as("not its terminal").isEqualTo(PaymentReason.TERMINAL_UNKNOWN);
        }
        assertThat(available(City.ORDINARY)).isEqualTo(FUNDS);
        assertThat(begin(load).hasGo()).as("what was refused before it was an order leaves the key free").isTrue();
    }

    @Test
    void load_tacIsWrong_isUnknownUntilTheCardProvesIt() {
        LoadableCard card = card(City.ORDINARY, Algorithm.TDES);
        LoadGo go = begin(load("l", card, City.ORDINARY, LoadFrame.Source.WALLET)).getGo();
        Tac tac = credit(card, go);
        LoadTac wrong = tac("w", "l", new Tac(tac.value() ^ 1));
        assertThat(confirm(wrong).getDone().getStanding()).isEqualTo(OrderStanding.ORDER_UNKNOWN_OUTCOME);
        assertThat(find("l").getHeldFen()).isEqualTo(AMOUNT);
        assertThat(confirm(tac("w", "l", new Tac(tac.value() ^ 2))).getRefused()).isEqualTo(PaymentReason.KEY_CONFLICT);
        assertThat(confirm(tac("t", "l", tac)).getDone().getStanding()).isEqualTo(OrderStanding.ORDER_CAPTURED);
        assertThat(confirm(wrong).getDone().getStanding()).as("its first answer").isEqualTo(OrderStanding.ORDER_UNKNOWN_OUTCOME);
        assertThat(find("l").getStanding()).isEqualTo(OrderStanding.ORDER_CAPTURED);
    }

    @Test
    void load_asIfItWereAPayment_isNeitherCapturedNorVoidedNorGivenBack() {
        LoadableCard card = card(City.ORDINARY, Algorithm.TDES);
        LoadGo go = begin(load("l", card, City.ORDINARY, LoadFrame.Source.WALLET)).getGo();
        assertThat(change(PaymentServiceGrpcClient.Capture, "c", "l").getRefused()).isEqualTo(PaymentReason.KIND_FORBIDS);
        assertThat(change(PaymentServiceGrpcClient.VoidHold, "v", "l").getRefused()).isEqualTo(PaymentReason.KIND_FORBIDS);
        assertThat(confirm(tac("t", "l", credit(card, go))).hasDone()).isTrue();
        assertThat(change(PaymentServiceGrpcClient.Refund, "r", "l").getRefused()).isEqualTo(PaymentReason.KIND_FORBIDS);
        assertThat(confirm(tac("x", "nothing", new Tac(1))).getRefused()).isEqualTo(PaymentReason.ORDER_UNKNOWN);
    }

    @Test
    void keys_usedForAnotherRequest_conflict() {
        LoadableCard card = card(City.ORDINARY, Algorithm.TDES);
        Load load = load("l", card, City.ORDINARY, LoadFrame.Source.WALLET);
        assertThat(begin(load).hasGo()).isTrue();
        assertThat(begin(load("l", card, City.ORDINARY, LoadFrame.Source.WALLET)).getRefused()).as("another random of the card").isEqualTo(PaymentReason.KEY_CONFLICT);
        assertThat(begin(load.toBuilder().setAlgorithm(2).build()).getRefused()).isEqualTo(PaymentReason.KEY_CONFLICT);
        assertThat(pay(payment("l", 100)).getRefused()).isEqualTo(PaymentReason.KEY_CONFLICT);

        OrderAnswer paid = pay(payment("p", 100));
        assertThat(paid.getDone().getStanding()).isEqualTo(OrderStanding.ORDER_CAPTURED);
        assertThat(pay(payment("p", 100))).isEqualTo(paid);
        assertThat(pay(payment("p", 101)).getRefused()).isEqualTo(PaymentReason.KEY_CONFLICT);
        assertThat(pay(payment("p", 100).toBuilder().setPsamNo(City.bus(1).value()).build()).getRefused()).as("at another terminal").isEqualTo(PaymentReason.KEY_CONFLICT);
        assertThat(hold(payment("p", 100).toBuilder().setLifetimeSeconds(60).build()).getRefused()).isEqualTo(PaymentReason.KEY_CONFLICT);
        assertThat(change(PaymentServiceGrpcClient.Refund, "p", "p").getRefused()).isEqualTo(PaymentReason.KEY_CONFLICT);
        assertThat(available(City.ORDINARY)).isEqualTo(FUNDS - AMOUNT - 100);
    }

    @Test
    void payment_heldCapturedAndGivenBack_standsAsItShould() {
        Payment hold = payment("h", 3_000).toBuilder().setLifetimeSeconds(600).build();
        assertThat(hold(hold).getDone().getStanding()).isEqualTo(OrderStanding.ORDER_HELD);
        assertThat(available(City.ORDINARY)).isEqualTo(FUNDS - 3_000);
        assertThat(change(PaymentServiceGrpcClient.Capture, "c1", "h", 3_001).getRefused()).isEqualTo(PaymentReason.ABOVE_HOLD);
        assertThat(change(PaymentServiceGrpcClient.Capture, "c2", "h", 2_500).getDone().getStanding()).isEqualTo(OrderStanding.ORDER_CAPTURED);
        assertThat(change(PaymentServiceGrpcClient.Refund, "r1", "h", 2_501).getRefused()).isEqualTo(PaymentReason.ABOVE_CAPTURE);
        assertThat(change(PaymentServiceGrpcClient.Refund, "r2", "h", 1_000).getDone().getStanding()).isEqualTo(OrderStanding.ORDER_PARTLY_REFUNDED);
        assertThat(change(PaymentServiceGrpcClient.Refund, "r3", "h", 1_501).getRefused()).isEqualTo(PaymentReason.ABOVE_CAPTURE);
        OrderAnswer rest = change(PaymentServiceGrpcClient.Refund, "r4", "h");
        assertThat(rest.getDone().getStanding()).isEqualTo(OrderStanding.ORDER_REFUNDED);
        assertThat(rest.getDone().getAmountFen()).isEqualTo(1_500);
        assertThat(available(City.ORDINARY)).isEqualTo(FUNDS);

        assertThat(hold(hold.toBuilder().setKey("h2").build()).hasDone()).isTrue();
        assertThat(change(PaymentServiceGrpcClient.VoidHold, "v", "h2").getDone().getStanding()).isEqualTo(OrderStanding.ORDER_VOIDED);
        assertThat(pay(payment("much", FUNDS + 1)).getRefused()).isEqualTo(PaymentReason.FUNDS_TOO_LOW);
        assertThat(find("much").getStanding()).isEqualTo(OrderStanding.ORDER_REFUSED);
        try (Gateway stranger = new Gateway("stranger", core.grpcPort())) {
            assertThat(stranger.ask(PaymentServiceGrpcClient.FindOrder, name("h")).ok().getRefused()).isEqualTo(PaymentReason.ORDER_UNKNOWN);
            assertThat(stranger.ask(PaymentServiceGrpcClient.Pay, payment("p", 1)).ok().getRefused()).isEqualTo(PaymentReason.TERMINAL_UNKNOWN);
        }
        assertThat(available(City.ORDINARY)).isEqualTo(FUNDS);
    }

    @Test
    void keys_onTwoNodesAtOnce_areOneRequest() throws Exception {
        RunningCore other = RunningCore.start(database, "other", clock);
        try (Gateway there = new Gateway(City.GATEWAY, other.grpcPort())) {
            for (int i = 0; i < 20; i++) {
                Load load = load("l" + i, card(City.SENIOR_SM4, Algorithm.SM4), City.SENIOR_SM4, LoadFrame.Source.CASH);
                CompletableFuture<Gateway.Reply<LoadAnswer>> mac2Here = gateway.call(PaymentServiceGrpcClient.BeginLoad, load);
                CompletableFuture<Gateway.Reply<LoadAnswer>> mac2There = there.call(PaymentServiceGrpcClient.BeginLoad, load);
                assertThat(got(mac2Here).hasGo()).isTrue();
                assertThat(got(mac2Here)).isEqualTo(got(mac2There));

                CompletableFuture<Gateway.Reply<OrderAnswer>> one = gateway.call(PaymentServiceGrpcClient.Pay, payment("p" + i, 10));
                CompletableFuture<Gateway.Reply<OrderAnswer>> two = there.call(PaymentServiceGrpcClient.Pay, payment("p" + i, 10));
                assertThat(got(one).hasDone()).isTrue();
                assertThat(got(one)).isEqualTo(got(two));

                CompletableFuture<Gateway.Reply<OrderAnswer>> first = gateway.call(PaymentServiceGrpcClient.Pay, payment("q" + i, 10));
                CompletableFuture<Gateway.Reply<OrderAnswer>> second = there.call(PaymentServiceGrpcClient.Pay, payment("q" + i, 11));
                assertThat(List.of(got(first).hasDone(), got(second).hasDone())).as("one of them conflicts").containsExactlyInAnyOrder(true, false);
            }
        } finally {
            other.close();
        }
        assertThat(available(City.ORDINARY)).isBetween(FUNDS - 20 * 21, FUNDS - 20 * 20);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anything_sentToEveryCall_changesNoAccountAndNobodyFalls(long seed) throws Exception {
        accounts.open(new AccountId(EMPTY, AccountKind.WALLET), PaymentLimits.REGISTERED, City.DAY, clock.instant());
        Map<GrpcStatus, Integer> ended = new EnumMap<>(GrpcStatus.class);
        LoadableCard lost = card(City.LOST_SINCE_NOON, Algorithm.TDES);     // known, and without accounts
        Hostile hostile = new Hostile(seed, List.of(
                Hostile.of(PaymentServiceGrpcClient.BeginLoad, load("l", lost, City.LOST_SINCE_NOON, LoadFrame.Source.CASH).toBuilder().setMac1(1).build()),
                Hostile.of(PaymentServiceGrpcClient.ConfirmLoad, tac("t", "nothing-to-be-confirmed", new Tac(1))),
                Hostile.of(PaymentServiceGrpcClient.Pay, payment("p", 100).toBuilder().setCardNo(ByteString.copyFrom(EMPTY.bytes())).build()),
                Hostile.of(PaymentServiceGrpcClient.Hold, payment("h", 100).toBuilder().setCardNo(ByteString.copyFrom(EMPTY.bytes())).setLifetimeSeconds(60).build()),
                Hostile.of(PaymentServiceGrpcClient.Capture, OrderChange.newBuilder().setKey("c").setOrderKey("nothing-to-be-captured").setAmountFen(1).build()),
                Hostile.of(PaymentServiceGrpcClient.VoidHold, OrderChange.newBuilder().setKey("v").setOrderKey("nothing-to-be-voided").build()),
                Hostile.of(PaymentServiceGrpcClient.Refund, OrderChange.newBuilder().setKey("r").setOrderKey("nothing-to-be-refunded").build()),
                Hostile.of(PaymentServiceGrpcClient.FindOrder, name("nothing"))));
        for (int sent = 0; sent < HOSTILE_CALLS; sent += AT_ONCE) {
            List<CompletableFuture<Gateway.Reply<Buffer>>> calls = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                Hostile.Call call = hostile.next();
                calls.add(gateway.call(call.method(), call.bytes()));
            }
            for (CompletableFuture<Gateway.Reply<Buffer>> call : calls) {
                ended.merge(call.get(60, TimeUnit.SECONDS).status(), 1, Integer::sum);
            }
        }
        assertThat(ended).containsOnlyKeys(GrpcStatus.OK, GrpcStatus.INVALID_ARGUMENT);
        assertThat(ended.get(GrpcStatus.OK)).as("in range, and refused").isGreaterThan(100);
        for (AccountId account : List.of(new AccountId(City.ORDINARY, AccountKind.WALLET), new AccountId(City.SENIOR_SM4, AccountKind.WALLET))) {
            Accounts.Balance balance = accounts.findBalance(account).orElseThrow();
            assertThat(balance.available().fen()).isEqualTo(FUNDS);
            assertThat(balance.entryNo()).as("entries").isEqualTo(1);
        }
        assertThat(accounts.findBalance(new AccountId(EMPTY, AccountKind.WALLET)).orElseThrow().entryNo()).isZero();
        assertThat(pay(payment("good", 100)).hasDone()).as("and it still works").isTrue();
    }

    private static Load load(String key, LoadableCard card, CardNo cardNo, LoadFrame.Source source) {
        LoadableCard.Init init = card.init(Money.ofFen(AMOUNT), City.BUS);
        return PaymentCodec.toProto(new LoadFrame(key, City.BUS, cardNo, source, Money.ofFen(AMOUNT),
                new LoadFrame.CardInit(init.init().oldBalance(), init.init().onlineCounter(), init.init().keyVersion(), 1, init.init().random()), init.mac1()));
    }

    private static LoadTac tac(String key, String order, Tac tac) {
        return PaymentCodec.toProto(new LoadTacFrame(key, order, tac));
    }

    private static Tac credit(LoadableCard card, LoadGo go) {
        return card.credit(new EventTime(go.getHostTimeBcd()), go.getMac2()).orElseThrow();
    }

    private static Payment payment(String key, long fen) {
        return Payment.newBuilder().setKey(key).setPsamNo(City.BUS.value()).setCardNo(ByteString.copyFrom(City.ORDINARY.bytes())).setServiceCode(SHOPPING)
                .setAmountFen(fen).build();
    }

    private static OrderName name(String order) {
        return OrderName.newBuilder().setOrderKey(order).build();
    }

    private LoadAnswer begin(Load load) {
        return gateway.ask(PaymentServiceGrpcClient.BeginLoad, load).ok();
    }

    private OrderAnswer confirm(LoadTac tac) {
        return gateway.ask(PaymentServiceGrpcClient.ConfirmLoad, tac).ok();
    }

    private OrderAnswer pay(Payment payment) {
        return gateway.ask(PaymentServiceGrpcClient.Pay, payment).ok();
    }

    private OrderAnswer hold(Payment payment) {
        return gateway.ask(PaymentServiceGrpcClient.Hold, payment).ok();
    }

    /** All there is. */
    private OrderAnswer change(ServiceMethod<OrderAnswer, OrderChange> how, String key, String order) {
        return gateway.ask(how, OrderChange.newBuilder().setKey(key).setOrderKey(order).build()).ok();
    }

    private OrderAnswer change(ServiceMethod<OrderAnswer, OrderChange> how, String key, String order, long fen) {
        return gateway.ask(how, OrderChange.newBuilder().setKey(key).setOrderKey(order).setAmountFen(fen).build()).ok();
    }

    private OrderView find(String order) {
        return gateway.ask(PaymentServiceGrpcClient.FindOrder, name(order)).ok().getOrder();
    }

    private static <A> A got(CompletableFuture<Gateway.Reply<A>> call) throws Exception {
        return call.get(60, TimeUnit.SECONDS).ok();
    }

    private long available(CardNo cardNo) {
        return accounts.findBalance(new AccountId(cardNo, AccountKind.WALLET)).orElseThrow().available().fen();
    }

    private static LoadableCard card(CardNo cardNo, Algorithm algorithm) {
        return new LoadableCard(City.KEYS, cardNo, new KeyProfile(KeySchemes.DEFAULT, algorithm, City.ISSUER, City.CITY_CODE), Money.ofFen(10_000), 3);
    }

    /** Opens the accounts of a card and pays cash into its wallet. */
    private void fund(CardNo cardNo, PaymentShard till) throws InterruptedException {
        AccountId wallet = new AccountId(cardNo, AccountKind.WALLET);
        accounts.open(List.of(wallet, new AccountId(cardNo, AccountKind.LOADS_IN_FLIGHT)), PaymentLimits.REGISTERED, City.DAY, clock.instant());
        OrderTerms cash = new OrderTerms(OrderKind.DEPOSIT, wallet, new PartyId(1), SHOPPING, Money.ofFen(FUNDS));
        assertThat(till.run(List.of(Opening.of(CallKey.ofCaller("till", cardNo.digits()), cash, Goal.PAY, Duration.ofMinutes(1), clock.instant()))))
                .singleElement().isInstanceOf(PaymentAnswer.Done.class);
    }
}
