package cn.onecard.engine.partner.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import cn.onecard.engine.partner.counter.ApiLine.Call;
import cn.onecard.engine.partner.counter.ApiLine.Reply;
import cn.onecard.engine.partner.counter.Errand.Act;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Counters believe what they are answered, ask again where nothing is over, and take back only what was done. */
final class CityCountersTest {
    private static final String CARD = "31040000000000000017";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ObjectMapper json = new ObjectMapper();
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<Call> calls = new ArrayList<>();

    @Test
    void serve_depositUnderWay_asksUntilItIsOver() throws Exception {
        reply(200, "{'orderId': 'o1', 'state': 'HELD', 'amountFen': 500}");
        reply(200, "{'orderId': 'o1', 'state': 'UNKNOWN', 'amountFen': 500}");
        reply(200, "{'orderId': 'o1', 'state': 'CAPTURED', 'amountFen': 500}");
        assertThat(serve(errand("a", Act.DEPOSIT, 500, "6212340000000000017", ""))).extracting(Outcome::word, Outcome::fen).containsExactly(tuple("DONE", 500L));
        assertThat(calls).extracting(Call::path).containsExactly("/v1/bank-deposits", "/v1/orders/o1", "/v1/orders/o1");
    }

    @Test
    void serve_depositVoided_isNotDone() throws Exception {
        reply(200, "{'orderId': 'o1', 'state': 'VOIDED', 'amountFen': 500}");
        assertThat(serve(errand("a", Act.DEPOSIT, 500, "6212340000000000017", ""))).extracting(Outcome::word, Outcome::fen).containsExactly(tuple("VOIDED", 0L));
    }

    @Test
    void serve_turnedAwayForTheMoment_sendsTheSameAgain() throws Exception {
        reply(503, "{'code': 'OVERLOADED'}");
        reply(429, "{'code': 'TOO_MANY_REQUESTS'}");
        reply(201, "{'orderId': 'o1', 'state': 'CAPTURED', 'amountFen': 500}");
        assertThat(serve(errand("a", Act.CASH, 500, "", ""))).extracting(Outcome::word).containsExactly("DONE");
        assertThat(calls).hasSize(3).allSatisfy(call -> assertThat(call).isEqualTo(calls.getFirst()));
        assertThat(calls.getFirst().key()).contains("a");
    }

    @Test
    void serve_refused_saysWhyAndTakesNothingBack() throws Exception {
        reply(422, "{'code': 'FUNDS_TOO_LOW'}");
        assertThat(serve(errand("a", Act.SALE, 0, "7", ""), errand("b", Act.REFUND, 0, "", "a"))).extracting(Outcome::word)
                .containsExactly("FUNDS_TOO_LOW", "NOTHING_TO_TAKE_BACK");
        assertThat(calls).hasSize(1);
    }

    @Test
    void serve_refund_givesBackTheFirstLineOfThatSale() throws Exception {
        reply(200, "{'orderId': 's1', 'amountFen': 900}");
        reply(200, "{'orderId': 's1', 'amountFen': 300}");
        assertThat(serve(errand("a", Act.SALE, 0, "7", ""), errand("b", Act.REFUND, 0, "", "a"))).extracting(Outcome::fen).containsExactly(900L, 300L);
        JsonNode sold = calls.getFirst().body().orElseThrow().at("/sale/basket/lines/0");
        assertThat(calls.get(1).path()).isEqualTo("/v1/sales/s1/refund");
        JsonNode returned = calls.get(1).body().orElseThrow().at("/lines/0");
        assertThat(returned.get("lineNo")).isEqualTo(sold.get("lineNo"));
        assertThat(returned.get("qtyMilli")).isEqualTo(sold.get("qtyMilli"));
    }

    @Test
    void serve_bill_paysTheOldestWithItsLateFee() throws Exception {
        reply(200, "{'bills': [{'quote': 'q1', 'amountFen': 700, 'lateFeeFen': 30}, {'quote': 'q2', 'amountFen': 1, 'lateFeeFen': 0}]}");
        reply(200, "{'orderId': 'p1', 'state': 'CAPTURED', 'amountFen': 730}");
        reply(200, "{'orderId': 'p1', 'state': 'CAPTURED', 'amountFen': 730, 'cancellation': {'state': 'CANCELLED'}}");
        reply(200, "{'orderId': 'p1', 'state': 'REFUNDED', 'amountFen': 730, 'cancellation': {'state': 'REFUNDED'}}");
        assertThat(serve(errand("a", Act.BILL, 0, "water 10000001", ""), errand("b", Act.CANCEL_BILL, 0, "", "a"))).extracting(Outcome::word, Outcome::fen)
                .containsExactly(tuple("DONE", 730L), tuple("DONE", 730L));
        assertThat(calls.get(1).body().orElseThrow().get("amountFen").asLong()).isEqualTo(730);
        assertThat(calls.get(1).body().orElseThrow().get("quote").asText()).isEqualTo("q1");
        assertThat(calls).extracting(Call::path).containsExactly("/v1/bills/query", "/v1/bills/payments", "/v1/bills/payments/p1/cancel", "/v1/bills/payments/p1");
    }

    @Test
    void serve_nothingOwed_paysNothing() throws Exception {
        reply(200, "{'bills': []}");
        assertThat(serve(errand("a", Act.BILL, 0, "water 10000001", ""))).extracting(Outcome::word).containsExactly("NOTHING_IS_OWED");
    }

    @Test
    void serve_visit_countsThePersonsPartAlone() throws Exception {
        reply(200, "{'settlementId': 'm1', 'state': 'PAID', 'legs': [{'kind': 'FUND', 'amountFen': 700}, {'kind': 'PERSONAL_ACCOUNT', 'amountFen': 100}, {'kind': 'CASH', 'amountFen': 200}]}");
        assertThat(serve(errand("a", Act.VISIT, 1_000, "310101190001000001", ""))).extracting(Outcome::word, Outcome::fen).containsExactly(tuple("DONE", 200L));
    }

    @Test
    void serve_visitThatComesToAnotherPart_countsTheLastWord() throws Exception {
        reply(200, "{'settlementId': 'm1', 'state': 'SETTLING', 'legs': [{'kind': 'CASH', 'amountFen': 200}]}");
        reply(200, "{'settlementId': 'm1', 'state': 'PAID', 'legs': [{'kind': 'CASH', 'amountFen': 250}]}");
        assertThat(serve(errand("a", Act.VISIT, 1_000, "310101190001000001", ""))).extracting(Outcome::word, Outcome::fen).containsExactly(tuple("DONE", 250L));
    }

    @Test
    void serve_noSuchCounter_saysSo() throws Exception {
        assertThat(serve(new Errand("a", Act.OPEN, CARD, "library", 0, "", ""))).extracting(Outcome::word).containsExactly("NO_SUCH_COUNTER");
    }

    @Test
    void serve_noAnswer_fails() {
        CityCounters counters = new CityCounters(Map.of("bank", call -> {
            throw new IOException("connection refused");
        }), 4, PATIENCE, Clock.systemUTC());
        assertThatThrownBy(() -> counters.serve(List.of(errand("a", Act.OPEN, 0, "", "")), (done, of) -> { })).isInstanceOf(IOException.class)
                .hasRootCauseMessage("connection refused");
    }

    private List<Outcome> serve(Errand... errands) throws Exception {
        AtomicLong told = new AtomicLong();
        ApiLine line = call -> {
            calls.add(call);
            return replies.remove();
        };
        List<Outcome> outcomes = new CityCounters(Map.of("bank", line), 4, PATIENCE, Clock.systemUTC()).serve(List.of(errands), (done, of) -> told.set(done));
        assertThat(told).hasValue(errands.length);
        assertThat(replies).isEmpty();
        return outcomes;
    }

    private void reply(int status, String body) throws IOException {
        replies.add(new Reply(status, json.readTree(body.replace('\'', '"'))));
    }

    private static Errand errand(String key, Act act, long fen, String detail, String earlier) {
        return new Errand(key, act, CARD, "bank", fen, detail, earlier);
    }
}
