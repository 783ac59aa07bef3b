package cn.onecard.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.MacMethod;
import cn.onecard.engine.key.StorageKey;
import cn.onecard.engine.key.TerminalMasterKey;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.Asking;
import cn.onecard.engine.order.BalanceCheck;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderState;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.engine.order.Payments;
import cn.onecard.engine.outbox.Outbox;
import cn.onecard.engine.partner.FrameServer;
import cn.onecard.engine.partner.PartnerFault;
import cn.onecard.engine.partner.unionpay.BankHost;
import cn.onecard.engine.partner.unionpay.FaultyHost;
import cn.onecard.engine.post.Calendar;
import cn.onecard.engine.rail.iso8583.Pan;
import cn.onecard.engine.rail.iso8583.Profile;
import cn.onecard.engine.rail.unionpay.BankDescriptor;
import cn.onecard.engine.rail.unionpay.BatchSettlement;
import cn.onecard.engine.rail.unionpay.CardEntry;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.Money;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deposits by bank card, over a real ledger and a bank on a socket that goes wrong as it is told: what left the bank card is on the
 *  account, and nothing else. */
class BankDeskTest {
    private static final long BALANCE = 100_000;
    private static final Pan CARD = Pan.withCheckDigit("621234000000000001");

    @TempDir
    private Path folder = Path.of("");
    private final SteppedClock clock = new SteppedClock();
    private final Queue<PartnerFault> faults = new ConcurrentLinkedQueue<>();
    private BankHost host;
    private FrameServer server;
    private HikariDataSource reading;
    private HikariDataSource writing;
    private DSLContext dsl;
    private PaymentCorridor corridor;
    private BankDesk bank;
    private PartnerDesk partners;

    @BeforeEach
    void begin() throws Exception {
        TestDatabase.wipe();
        Database database = TestDatabase.database(Account.ENGINE);
        reading = database.pool("reading", 8);
        writing = database.transactionPool("writing", 3);
        dsl = Database.dsl(reading);
        new Calendar(dsl).openOrBegin(Asking.DAY, Asking.NOW);
        corridor = PaymentCorridor.open(Payments.open(new Payments.Settings("here", 2, PaymentLimits.STANDARD), writing, dsl, new SimpleMeterRegistry()),
                new SimpleMeterRegistry());
        new Accounts(dsl).open(Asking.wallet(0), PaymentLimits.REGISTERED, Asking.DAY, Asking.NOW);
        host = new BankHost(MacMethod.CUP_ECB_3DES, clock, new SecureRandom());
        host.addAccount(CARD, "123456", Money.ofFen(BALANCE));
        Files.writeString(folder.resolve("one.hex"), "00112233445566778899aabbccddeeff");
        Files.writeString(folder.resolve("two.hex"), "0f1e2d3c4b5a69788796a5b4c3d2e1f0");
        server = new FrameServer(new FaultyHost(host, Profile.CUP_POS_64, () -> Optional.ofNullable(faults.poll()).orElse(PartnerFault.NONE))::take, 0, Duration.ofMinutes(10));
        Files.writeString(folder.resolve("bank.json"), """
                {"party": 601, "merchant": "898000000000001", "host": {"name": "127.0.0.1", "port": %d}, "wire": {"destination": 3, "header": "603100311003"},
                 "security": {"mac": "CUP_ECB_3DES", "signOn": "DOUBLE"}, "patience": {"connectMillis": 10000, "answerMillis": 2000, "reversalTries": 3},
                 "settleAt": "23:30", "terminals": [{"terminal": "00000001", "components": ["one.hex", "two.hex"]}]}""".formatted(server.address().getPort()));
        BankDescriptor descriptor = BankDescriptor.read(folder.resolve("bank.json"));
        TerminalMasterKey key = descriptor.masterKey(descriptor.terminals().getFirst(), folder);
        host.addTerminal("00000001", "898000000000001", key);
        bank = BankDesk.open(descriptor, folder, dsl, StorageKey.of(KeyRing.demo(7), 1, "bank"), clock);
        partners = new PartnerDesk(List.of(bank.terms()), new Outbox(dsl), corridor, clock);
    }

    @AfterEach
    void end() throws Exception {
        partners.stop();
        corridor.close(Duration.ofSeconds(10));
        assertThat(new BalanceCheck(reading).run().broken()).isEmpty();
        server.close();
        reading.close();
        writing.close();
    }

    @Test
    void deposit_bankSaysYes_isOnTheAccountOnce() throws Exception {
        PaymentAnswer answer = deposit("a", 500);
        assertThat(state(answer)).isEqualTo(OrderState.CAPTURED);
        assertThat(deposit("a", 500).order()).isEqualTo(answer.order());
        assertThat(deposit("a", 501)).isEqualTo(new PaymentAnswer.Refused(OrderId.of(call("a")), PaymentRefusal.KEY_CONFLICT));
        assertMoney(500);
        assertThat(dsl.fetchSingle("SELECT body FROM ledger.partner_message").get(0, String.class)).doesNotContain(CARD.digits());
        assertThat(bank.settle()).allSatisfy(result -> assertThat(result.map(BatchSettlement.Result::isBalanced)).contains(true));
    }

    @Test
    void deposit_moreThanTheBankCardHas_isVoided() throws Exception {
        assertThat(state(deposit("a", BALANCE + 1))).isEqualTo(OrderState.VOIDED);
        assertMoney(0);
    }

    @ParameterizedTest
    @EnumSource(PartnerFault.class)
    void deposit_everyFaultOfTheSale_moneyIsWhereTheBankSays(PartnerFault fault) throws Exception {
        deposit("first", 100);
        faults.add(fault);
        deposit("a", 500);
        for (int i = 0; i < 6; i++) {
            clock.step(Duration.ofMinutes(2));
            bank.attend();
            for (CompletableFuture<Optional<PaymentAnswer>> one : partners.sweep()) {
                one.get();
            }
        }
        OrderState state = new OpenOrders(dsl).find(OrderId.of(call("a"))).orElseThrow().state();
        assertThat(state).isIn(OrderState.CAPTURED, OrderState.VOIDED);
        assertMoney(state == OrderState.CAPTURED ? 600 : 100);
    }

    @Test
    void deposit_nodeDiedWithTheCard_isGivenUpInTime() throws Exception {
        server.close();
        deposit("a", 500);
        clock.step(Duration.ofMinutes(2));
        for (CompletableFuture<Optional<PaymentAnswer>> one : partners.sweep()) {
            one.get();
        }
        assertThat(new OpenOrders(dsl).find(OrderId.of(call("a"))).orElseThrow().state()).isEqualTo(OrderState.VOIDED);
        assertMoney(0);
    }

    private PaymentAnswer deposit(String name, long fen) throws Exception {
        CardEntry card = new CardEntry(CARD, "02", CardEntry.Face.UNKNOWN, List.of(), Optional.empty());
        return bank.deposit(partners, new BankDesk.Ask(call(name), Asking.wallet(0), Money.ofFen(fen), card)).get();
    }

    private static CallKey call(String name) {
        return CallKey.ofCaller("kiosk-1", name);
    }

    private static OrderState state(PaymentAnswer answer) {
        return ((PaymentAnswer.Done) answer).state();
    }

    /** What the account has, and the bank card has not. */
    private void assertMoney(long fen) {
        assertThat(new Accounts(dsl).findBalance(Asking.wallet(0)).orElseThrow().balance()).isEqualTo(Money.ofFen(fen));
        assertThat(host.balance(CARD)).isEqualTo(Money.ofFen(BALANCE - fen));
    }
}
