package cn.onecard.engine.order;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.order.CutConnections.Commit;
import cn.onecard.engine.post.Calendar;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.Money;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every transition, with the connection lost just before its commit or just after: what was asked is done once, and answered. */
class AnswersLostTest {
    @ParameterizedTest
    @EnumSource
    void run_connectionLostAtEveryCommit_doesEverythingOnce(Commit fault) throws Exception {
        TestDatabase.wipe();
        try (HikariDataSource pool = TestDatabase.database(Account.ENGINE).pool("cut", 2)) {
            DSLContext dsl = Database.dsl(pool);
            new Calendar(dsl).openOrBegin(Asking.DAY, Asking.NOW);
            Accounts accounts = new Accounts(dsl);
            accounts.open(List.of(Asking.wallet(1), Asking.inFlight(1)), PaymentLimits.REGISTERED, Asking.DAY, Asking.NOW);
            List<PaymentRequest> requests = everything();
            List<Commit> commits = new ArrayList<>();
            for (int i = 0; i < requests.size(); i++) {
                commits.addAll(List.of(fault, Commit.WELL));
            }
            PaymentShard shard = Payments.open(new Payments.Settings("here", 1, PaymentLimits.STANDARD), CutConnections.of(pool, commits), dsl,
                    new SimpleMeterRegistry()).shards().getFirst();
            List<PaymentAnswer> answers = new ArrayList<>();
            for (PaymentRequest request : requests) {
                answers.addAll(shard.run(List.of(request)));
            }
            assertThat(answers).hasOnlyElementsOfType(PaymentAnswer.Done.class);
            assertThat(answers.stream().map(answer -> ((PaymentAnswer.Done) answer).state())).containsExactly(OrderState.CAPTURED, OrderState.CAPTURED,
                    OrderState.PARTLY_REFUNDED, OrderState.REFUNDED, OrderState.QUOTED, OrderState.HELD, OrderState.VOIDED, OrderState.HELD, OrderState.CAPTURED,
                    OrderState.HELD, OrderState.UNKNOWN, OrderState.VOIDED, OrderState.HELD, OrderState.EXPIRED, OrderState.HELD, OrderState.UNKNOWN, OrderState.CAPTURED);
            assertThat(accounts.findBalance(Asking.wallet(1)).orElseThrow()).isEqualTo(new Accounts.Balance(Asking.wallet(1),
                    Money.ofFen(980), Money.ZERO, 13));
            assertThat(shard.run(requests)).as("all of it again, in one batch").isEqualTo(answers);
            assertThat(new BalanceCheck(pool).run().broken()).isEqualTo(Collections.emptyMap());
        }
    }

    private static List<PaymentRequest> everything() {
        return List.of(Asking.deposit("d", 1, 1_000), Asking.pay("p", 1, 100), Asking.refund("r", "p", 60), Asking.refund("s", "p", 40),
                Asking.open("q", OrderKind.PAYMENT, Asking.wallet(1), 50, PaymentRequest.Goal.QUOTE), Asking.change("qh", "q", OrderEvent.HOLD),
                Asking.change("qv", "q", OrderEvent.VOID), Asking.hold("h", 1, 30), Asking.capture("hc", "h", 20), Asking.hold("u", 1, 70),
                Asking.change("ul", "u", OrderEvent.LOSE), Asking.change("uu", "u", OrderEvent.PROVE_UNDONE), Asking.hold("e", 1, 10),
                Asking.expire("e", Asking.NOW.plus(Asking.LIFETIME)), Asking.open("t", OrderKind.TOP_UP_PAID_IN, Asking.inFlight(1), 500, PaymentRequest.Goal.HOLD),
                Asking.change("tl", "t", OrderEvent.LOSE), Asking.change("tp", "t", OrderEvent.PROVE_DONE));
    }
}
