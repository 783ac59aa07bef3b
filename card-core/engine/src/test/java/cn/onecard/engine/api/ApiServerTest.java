package cn.onecard.engine.api;

import static cn.onecard.engine.api.ApiClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.onecard.engine.card.Registration;
import cn.onecard.engine.flow.BillAnswer;
import cn.onecard.engine.flow.MedicalAnswer;
import cn.onecard.engine.flow.PaymentCorridor;
import cn.onecard.engine.office.CardAnswer;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.Asking;
import cn.onecard.engine.order.BalanceCheck;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.engine.order.Payments;
import cn.onecard.engine.post.Calendar;
import cn.onecard.engine.rail.register.BasketFault;
import cn.onecard.engine.rail.register.SaleRefusal;
import cn.onecard.engine.testing.City;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.PartyId;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The interface over real sockets and a real database, on two nodes. */
class ApiServerTest {
    private static final String CARD = "31040000000000000017";
    private static final ApiLimits LIMITS =
            new ApiLimits(2_000, Duration.ofMillis(300), Duration.ofSeconds(20), Duration.ofSeconds(20), 64, Duration.ofSeconds(300), 10_000);
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Vertx vertx;
    private static HikariDataSource pool;
    private static final List<PaymentCorridor> CORRIDORS = new ArrayList<>();
    private static final List<ApiDesks> DESKS = new ArrayList<>();
    private static final List<Integer> PORTS = new ArrayList<>();
    private static DSLContext dsl;
    private static ApiClient shop;
    private static ApiClient rival;
    private static ApiClient slow;

    @BeforeAll
    static void begin(@TempDir Path city) throws Exception {
        TestDatabase.wipe();
        vertx = Vertx.vertx();
        pool = TestDatabase.database(Account.ENGINE).pool("api", 12);
        dsl = Database.dsl(pool);
        Instant now = Instant.now();
        new Calendar(dsl).openOrBegin(new BusinessDate(LocalDate.ofInstant(now, ZoneId.of("Asia/Shanghai"))), now);
        new Registration(dsl).register(City.write(city));
        CallerTable callers = new CallerTable(dsl);
        shop = caller(callers, "shop-7", 7, EnumSet.allOf(Scope.class), 1_000);
        rival = caller(callers, "shop-8", 8, Set.of(Scope.PAYMENTS_READ, Scope.PAYMENTS_WRITE), 1_000);
        slow = caller(callers, "slow", 9, Set.of(Scope.PAYMENTS_READ), 1);
        start("a", callers);
        start("b", callers);
        assertThat(shop.send(PORTS.getFirst(), shop.draft("PUT", "/v1/accounts", account(CARD), "")).statusCode()).isEqualTo(200);
        assertThat(open(shop, "DEPOSIT", "PAY", 400_000, "first-cash").statusCode()).isEqualTo(201);
    }

    @AfterAll
    static void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        DESKS.forEach(ApiDesks::close);
        for (PaymentCorridor corridor : CORRIDORS) {
            corridor.close(Duration.ofSeconds(10));
        }
        assertThat(new BalanceCheck(pool).run().isSound()).isTrue();
        pool.close();
    }

    private static ApiClient caller(CallerTable callers, String name, int party, Set<Scope> scopes, int perSecond) throws Exception {
        ApiClient client = new ApiClient(HTTP, name);
        callers.add(new Caller(name, new PartyId(party), client.publicKey(), scopes, perSecond, Optional.empty()), Instant.now());
        return client;
    }

    private static void start(String node, CallerTable callers) throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        PaymentCorridor corridor = PaymentCorridor.open(Payments.open(new Payments.Settings(node, 1, PaymentLimits.STANDARD), pool, dsl, registry), registry);
        CORRIDORS.add(corridor);
        ApiServer.Setting setting = new ApiServer.Setting(new ApiServer.Address(0, Optional.empty()), LIMITS, callers, Clock.systemUTC());
        ApiServer server = ApiServer.of(vertx, setting, groups(node, corridor))
                .toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        PORTS.add(server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
    }

    private static List<ApiGroup> groups(String node, PaymentCorridor corridor) {
        ApiDesks desks = new ApiDesks(node, dsl, corridor);
        DESKS.add(desks);
        List<ApiGroup> groups = new ArrayList<>(desks.groups(LIMITS.partnerPatience()));
        groups.add(new OrderGroup(desks.corridor()::take, new OpenOrders(dsl), LIMITS.answerPatience()));
        groups.add(new AccountGroup(new Accounts(dsl), card -> card.equals(CardNo.ofDigits(CARD))));
        groups.add(new EventGroup(new EventTable(dsl)));
        return groups;
    }

    private static String account(String card) {
        return new JsonObject().put("cardNo", card).put("kind", "WALLET").put("ownerKnown", true).encode();
    }

    private static String opening(String kind, String goal, long fen) {
        return new JsonObject().put("kind", kind).put("goal", goal).put("cardNo", CARD).put("serviceCode", 20).put("amountFen", fen)
                .put("currency", "CNY").encode();
    }

    private static HttpResponse<String> open(ApiClient client, String kind, String goal, long fen, String key) throws Exception {
        return client.post(PORTS.getFirst(), "/v1/orders", opening(kind, goal, fen), key);
    }

    private static String order(String goal, String key) throws Exception {
        return json(open(shop, "PAYMENT", goal, 3_000, key)).getString("orderId");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.body()).contains("\"code\":\"" + code + "\"");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void document_everyExample_isAnsweredAsItSays() throws Exception {
        OpenAPIContract contract = ApiDocument.contract(vertx).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        ResponseValidator answers = ResponseValidator.create(vertx, contract);
        JsonObject paths = ApiDocument.json(vertx).getJsonObject("paths");
        Map<String, String> begunAs = Map.of("holdOrder", "QUOTE", "captureOrder", "HOLD", "voidOrder", "HOLD", "refundOrder", "PAY", "getOrder", "PAY");
        List<String> tried = new ArrayList<>();
        Map<String, String> known = new HashMap<>();       // what one operation answers and a later one names
        for (Operation operation : inOrder(contract)) {
            String id = operation.getOperationId();
            JsonObject body = paths.getJsonObject(operation.getOpenAPIPath())
                    .getJsonObject(operation.getHttpMethod().name().toLowerCase(java.util.Locale.ROOT)).getJsonObject("requestBody");
            Map<String, Object> examples = body == null ? Map.of("none", new JsonObject())
                    : body.getJsonObject("content").getJsonObject("application/json").getJsonObject("examples").getMap();
            for (Map.Entry<String, Object> example : examples.entrySet()) {
                String target = operation.getOpenAPIPath();
                if (id.equals("stopStandingBill")) {
                    DESKS.getFirst().standing().round();
                }
                if (begunAs.containsKey(id)) {
                    target = target.replace("{orderId}", order(String.valueOf(begunAs.get(id)), "for-" + id + "-" + example.getKey()));
                }
                for (Map.Entry<String, String> one : known.entrySet()) {
                    target = target.replace("{" + one.getKey() + "}", one.getValue());
                }
                String sent = body == null ? "" : JsonObject.mapFrom(example.getValue()).getJsonObject("value").encode().replace("QUOTE", known.getOrDefault("quote", "QUOTE"));
                boolean hasKey = operation.getParameters().stream().anyMatch(parameter -> parameter.getName().equalsIgnoreCase("Idempotency-Key"));
                HttpResponse<String> response = shop.send(PORTS.getFirst(),
                        shop.draft(operation.getHttpMethod().name(), target, sent, hasKey ? id + "-" + example.getKey() : ""));
                assertThat(response.statusCode()).as("%s %s: %s", id, example.getKey(), response.body()).isIn(200, 201);
                answers.validate(ValidatableResponse.create(response.statusCode(), Buffer.buffer(response.body()), "application/json"), id)
                        .toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
                tried.add(id);
                remember(known, json(response));
            }
        }
        assertThat(tried).containsAll(contract.operations().stream().map(Operation::getOperationId).toList());
    }

    /** What opens something goes before what is done with it. */
    private static List<Operation> inOrder(OpenAPIContract contract) {
        List<String> late = List.of("payBill", "getBillPayment", "cancelBillPayment", "reportSale", "refundSale",
                "openStandingOrder", "getStandingOrder", "stopStandingBill", "endStandingOrder", "settleVisit", "getMedicalSettlement", "cancelMedicalSettlement");
        return contract.operations().stream().sorted(Comparator.comparingInt(one -> late.indexOf(one.getOperationId()))).toList();
    }

    private static void remember(Map<String, String> known, JsonObject answer) {
        for (String name : List.of("orderId", "standingId", "settlementId")) {
            Optional.ofNullable(answer.getString(name)).ifPresent(value -> known.put(name, value));
        }
        Optional.ofNullable(answer.getJsonArray("bills")).filter(bills -> !bills.isEmpty()).map(bills -> bills.getJsonObject(0).getString("quote"))
                .ifPresent(quote -> known.put("quote", quote));
    }

    @Test
    void refundOrder_thatPaysABill_isRefused() throws Exception {
        String query = new JsonObject().put("biller", "water").put("account", "10000001").encode();
        JsonObject bill = json(shop.post(PORTS.getLast(), "/v1/bills/query", query, "")).getJsonArray("bills").getJsonObject(0);
        String pay = new JsonObject().put("cardNo", CARD).put("quote", bill.getString("quote")).put("amountFen", bill.getLong("amountFen")).put("currency", "CNY").encode();
        JsonObject paid = json(shop.post(PORTS.getLast(), "/v1/bills/payments", pay, "bill-for-refund"));
        assertThat(paid.getString("state")).isEqualTo("CAPTURED");
        assertProblem(shop.post(PORTS.getLast(), "/v1/orders/" + paid.getString("orderId") + "/refund", "{}", "refund-of-bill"), 422, "KIND_FORBIDS");
        assertProblem(rival.post(PORTS.getLast(), "/v1/bills/query", query, ""), 403, "SCOPE_MISSING");
    }

    @Test
    void document_problemCodes_areThoseThatThereAre() {
        Set<String> named = Set.copyOf(ApiDocument.json(vertx).getJsonObject("components").getJsonObject("schemas").getJsonObject("Problem").getJsonObject("properties")
                .getJsonObject("code").getJsonArray("enum").stream().map(Object::toString).toList());
        Set<String> there = Stream.of(ProblemCode.values(), PaymentRefusal.values(), BillAnswer.Reason.values(), SaleRefusal.values(), MedicalAnswer.Reason.values(),
                        CardAnswer.Reason.values())
                .flatMap(Stream::of).map(Enum::name).collect(Collectors.toSet());
        Stream.of(BasketFault.values()).forEach(fault -> there.add("BASKET_" + fault.name()));
        assertThat(named).isEqualTo(there);
    }

    @Test
    void document_askedFor_isServedWithoutSignature() throws Exception {
        HttpResponse<String> response = shop.get(PORTS.getFirst(), "/openapi.yaml");
        assertThat(response.body()).startsWith("openapi: 3.1.0");
    }

    @Test
    void openOrder_sentAgainOnAnotherNode_getsItsFirstAnswer() throws Exception {
        HttpResponse<String> first = open(shop, "PAYMENT", "PAY", 100, "twice");
        HttpResponse<String> again = shop.post(PORTS.getLast(), "/v1/orders", opening("PAYMENT", "PAY", 100), "twice");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void openOrder_manyAtOnceOnTwoNodes_isDoneOnce() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> asked = IntStream.range(0, 12).mapToObj(i -> CompletableFuture.supplyAsync(() -> {
            try {
                return shop.post(PORTS.get(i % 2), "/v1/orders", opening("PAYMENT", "PAY", 77), "raced");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        })).toList();
        Set<String> bodies = new java.util.HashSet<>();
        for (CompletableFuture<HttpResponse<String>> one : asked) {
            bodies.add(one.get(30, TimeUnit.SECONDS).body());
        }
        assertThat(bodies).hasSize(1);
    }

    @Test
    void openOrder_sameKeyOtherBody_conflicts() throws Exception {
        open(shop, "PAYMENT", "PAY", 100, "reused");
        assertProblem(open(shop, "PAYMENT", "PAY", 101, "reused"), 409, "KEY_CONFLICT");
    }

    @Test
    void openOrder_moreThanThereIs_isRefusedTheSameTwice() throws Exception {
        HttpResponse<String> first = open(shop, "WITHDRAWAL", "PAY", 90_000_000, "too-much");
        assertThat(first.statusCode()).isEqualTo(422);
        assertThat(open(shop, "WITHDRAWAL", "PAY", 90_000_000, "too-much").body()).isEqualTo(first.body());
    }

    @Test
    void order_ofAnotherCaller_isNotThere() throws Exception {
        String order = order("HOLD", "mine");
        assertProblem(rival.get(PORTS.getFirst(), "/v1/orders/" + order), 404, "ORDER_UNKNOWN");
        assertProblem(rival.post(PORTS.getFirst(), "/v1/orders/" + order + "/void", "{}", "theirs"), 404, "ORDER_UNKNOWN");
        assertThat(json(rival.get(PORTS.getFirst(), "/v1/orders")).getJsonArray("orders")).isEmpty();
        assertThat(json(shop.get(PORTS.getFirst(), "/v1/orders/" + order)).getString("state")).isEqualTo("HELD");
    }

    @Test
    void request_scopeMissing_isRefused() throws Exception {
        assertProblem(open(rival, "DEPOSIT", "PAY", 100, "no-scope"), 403, "SCOPE_MISSING");
        String body = new JsonObject().put("cardNo", CARD).put("kind", "WALLET").encode();
        assertProblem(rival.post(PORTS.getFirst(), "/v1/accounts/balance", body, ""), 403, "SCOPE_MISSING");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"kind":"PAYMENT","goal":"PAY","cardNo":"31040000000000000017","serviceCode":20,"amountFen":1,"currency":"CNY","tip":1}
            {"kind":"PAYMENT","goal":"PAY","cardNo":"31040000000000000017","serviceCode":20,"amountFen":1}
            {"kind":"PAYMENT","goal":"PAY","cardNo":"31040000000000000017","serviceCode":20,"amountFen":1,"currency":"USD"}
            {"kind":"PAYMENT","goal":"PAY","cardNo":"31040000000000000017","serviceCode":20,"amountFen":-1,"currency":"CNY"}
            {"kind":"PAYMENT","goal":"PAY","cardNo":"31040000000000000017","serviceCode":20,"amountFen":1.5,"currency":"CNY"}
            {"kind":"PAYMENT","goal":"PAY","cardNo":"31040000000000000017","serviceCode":20,"amountFen":"1","currency":"CNY"}
            {"kind":"PAYMENT","goal":"PAY","cardNo":"31040000000000000017","serviceCode":20,"amountFen":99999999999999999999,"currency":"CNY"}
            {"kind":"TOP_UP","goal":"PAY","cardNo":"31040000000000000017","serviceCode":20,"amountFen":1,"currency":"CNY"}
            {"kind":"PAYMENT","goal":"PAY","cardNo":"3104","serviceCode":20,"amountFen":1,"currency":"CNY"}
            [1]
            {"kind":
            """)
    void openOrder_notAsDocumented_isRefused(String body) throws Exception {
        assertProblem(shop.post(PORTS.getFirst(), "/v1/orders", body, "bad-" + body.hashCode()), 400, "NOT_AS_DOCUMENTED");
    }

    @Test
    void openOrder_withoutKey_isRefused() throws Exception {
        assertProblem(shop.post(PORTS.getFirst(), "/v1/orders", opening("PAYMENT", "PAY", 1), ""), 400, "NOT_AS_DOCUMENTED");
    }

    @Test
    void request_unknownPath_isAProblem() throws Exception {
        assertProblem(shop.get(PORTS.getFirst(), "/v2/orders"), 404, "NO_SUCH_OPERATION");
        assertProblem(shop.send(PORTS.getFirst(), shop.draft("DELETE", "/v1/orders", "", "")), 404, "NO_SUCH_OPERATION");
    }

    @Test
    void signature_spoilt_isRefused() throws Exception {
        String body = opening("PAYMENT", "PAY", 1);
        ApiClient.Draft otherBody = shop.draft("POST", "/v1/orders", body, "s1");
        otherBody.sentBody = body.replace("\"amountFen\":1", "\"amountFen\":9");
        assertProblem(shop.send(PORTS.getFirst(), otherBody), 401, "SIGNATURE_WRONG");
        ApiClient.Draft otherName = shop.draft("POST", "/v1/orders", body, "s2");
        otherName.keyId = "shop-8";
        assertProblem(shop.send(PORTS.getFirst(), otherName), 401, "SIGNATURE_WRONG");
        ApiClient.Draft nobody = shop.draft("POST", "/v1/orders", body, "s3");
        nobody.keyId = "nobody";
        assertProblem(shop.send(PORTS.getFirst(), nobody), 401, "SIGNATURE_WRONG");
        ApiClient.Draft keyAdded = shop.draft("GET", "/v1/orders", "", "");
        keyAdded.more = builder -> builder.header("Idempotency-Key", "not-covered");
        assertProblem(shop.send(PORTS.getFirst(), keyAdded), 401, "NOT_SIGNED");
        ApiClient.Draft twoInputs = shop.draft("GET", "/v1/orders", "", "");
        twoInputs.more = builder -> builder.header("Signature-Input", "sig1=();created=1");
        assertProblem(shop.send(PORTS.getFirst(), twoInputs), 401, "NOT_SIGNED");
    }

    @Test
    void signature_tooOldOrTooNew_isRefused() throws Exception {
        for (long seconds : new long[] {-310, 310}) {
            ApiClient.Draft draft = shop.draft("GET", "/v1/orders", "", "");
            draft.created = Instant.now().plusSeconds(seconds);
            assertProblem(shop.send(PORTS.getFirst(), draft), 401, "SIGNATURE_EXPIRED");
        }
    }

    @Test
    void signature_usedAgain_isRefused() throws Exception {
        ApiClient.Draft draft = shop.draft("GET", "/v1/orders", "", "");
        assertThat(shop.send(PORTS.getFirst(), draft).statusCode()).isEqualTo(200);
        assertProblem(shop.send(PORTS.getFirst(), draft), 401, "REPLAYED");
    }

    @Test
    void caller_asksTooOften_isToldToWait() throws Exception {
        HttpResponse<String> last = slow.get(PORTS.getFirst(), "/v1/orders");
        for (int i = 0; i < 20 && last.statusCode() == 200; i++) {
            last = slow.get(PORTS.getFirst(), "/v1/orders");
        }
        assertProblem(last, 429, "TOO_MANY_REQUESTS");
        assertThat(last.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void caller_revoked_isOut() throws Exception {
        CallerTable callers = new CallerTable(dsl);
        ApiClient gone = caller(callers, "gone", 10, Set.of(Scope.PAYMENTS_READ), 100);
        await().atMost(Duration.ofSeconds(30)).until(() -> gone.get(PORTS.getFirst(), "/v1/orders").statusCode() == 200);
        assertThat(callers.revoke("gone")).isTrue();
        await().atMost(Duration.ofSeconds(30)).until(() -> gone.get(PORTS.getFirst(), "/v1/orders").statusCode() == 401);
        assertThat(callers.add(new Caller("gone", new PartyId(11), gone.publicKey(), Set.of(Scope.PAYMENTS_READ), 1, Optional.empty()), Instant.now())).isFalse();
    }

    @Test
    void body_tooLarge_isRefused() throws Exception {
        String body = new JsonObject().put("reason", "x".repeat(3_000)).encode();
        assertProblem(shop.post(PORTS.getFirst(), "/v1/orders", body, "huge"), 413, "BODY_TOO_LARGE");
    }

    @Test
    void body_neverEnds_isGivenUp() throws Exception {
        try (Socket socket = new Socket("localhost", PORTS.getFirst())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("POST /v1/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 408").contains("BODY_TOO_SLOW");
        }
    }

    @Test
    void listEvents_afterSteps_tellsThemInOrderWithoutGaps() throws Exception {
        String order = order("HOLD", "told");
        shop.post(PORTS.getFirst(), "/v1/orders/" + order + "/capture", "{\"amountFen\":2000}", "told-capture");
        shop.post(PORTS.getFirst(), "/v1/orders/" + order + "/refund", "{\"amountFen\":500}", "told-refund");
        EventTable events = new EventTable(dsl);
        Instant since = Instant.now().minusSeconds(3_600);
        List<CompletableFuture<Integer>> rounds = IntStream.range(0, 4).mapToObj(i -> CompletableFuture.supplyAsync(() -> events.number(since))).toList();
        for (CompletableFuture<Integer> round : rounds) {
            round.get(30, TimeUnit.SECONDS);
        }
        List<JsonObject> seen = new ArrayList<>();
        JsonArray some;
        do {
            long after = seen.isEmpty() ? 0 : seen.getLast().getLong("eventNo");
            some = json(shop.get(PORTS.getFirst(), "/v1/events?limit=5&after=" + after)).getJsonArray("events");
            some.forEach(one -> seen.add((JsonObject) one));
        } while (!some.isEmpty());
        assertThat(seen).extracting(one -> one.getLong("eventNo")).containsExactlyElementsOf(IntStream.rangeClosed(1, seen.size()).mapToObj(Long::valueOf).toList());
        assertThat(seen.stream().filter(one -> one.getString("orderId").equals(order)).map(one -> one.getString("to")))
                .containsExactly("HELD", "CAPTURED", "PARTLY_REFUNDED");
        assertThat(json(rival.get(PORTS.getFirst(), "/v1/events")).getJsonArray("events")).isEmpty();
    }

    @Test
    void statement_ofAnAccount_addsUpToItsBalance() throws Exception {
        String body = new JsonObject().put("cardNo", CARD).put("kind", "WALLET").encode();
        JsonObject before = json(shop.post(PORTS.getFirst(), "/v1/accounts/balance", body, ""));
        JsonArray entries = json(shop.post(PORTS.getFirst(), "/v1/accounts/statement", body, "")).getJsonArray("entries");
        assertThat(entries.stream().map(JsonObject.class::cast).filter(entry -> entry.getLong("entryNo") <= before.getLong("entryNo"))
                .mapToLong(entry -> entry.getLong("amountFen")).sum()).isEqualTo(before.getLong("balanceFen"));
        assertThat(entries.encode()).doesNotContain(CARD);
    }

    @Test
    void account_ofACardNobodyIssued_isRefused() throws Exception {
        ApiClient.Draft draft = shop.draft("PUT", "/v1/accounts", account(Asking.wallet(99).cardNo().digits()), "");
        assertProblem(shop.send(PORTS.getFirst(), draft), 422, "CARD_UNKNOWN");
    }
}
