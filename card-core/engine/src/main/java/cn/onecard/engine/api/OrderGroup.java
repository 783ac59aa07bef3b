package cn.onecard.engine.api;

import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.OrderEvent;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderKind;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.engine.order.PaymentRequest;
import cn.onecard.engine.order.PaymentRequest.Change;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Orders: opened, held, captured, given up, given back, and seen. */
public final class OrderGroup implements ApiGroup {
    private static final int LISTED = 200;

    private final PaymentDesk desk;
    private final OpenOrders orders;
    private final Duration patience;

    /** The group.
     *
     *  @param patience how long a request may wait for its commit */
    public OrderGroup(PaymentDesk desk, OpenOrders orders, Duration patience) {
        this.desk = desk;
        this.orders = orders;
        this.patience = patience;
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of(
                "openOrder", this::open,
                "holdOrder", call -> change(call, OrderEvent.HOLD),
                "captureOrder", call -> change(call, OrderEvent.CAPTURE),
                "voidOrder", call -> change(call, OrderEvent.VOID),
                "refundOrder", call -> change(call, OrderEvent.REFUND_PART),
                "getOrder", this::get,
                "listOpenOrders", this::list);
    }

    private ApiAnswer open(ApiCall call) throws InterruptedException, ExecutionException, TimeoutException {
        JsonObject body = call.body();
        OrderKind kind = OrderKind.valueOf(body.getString("kind"));
        call.require(kind == OrderKind.PAYMENT ? Scope.PAYMENTS_WRITE : Scope.CASH_WRITE);
        AccountId account = new AccountId(CardNo.ofDigits(body.getString("cardNo")), AccountKind.valueOf(body.getString("account", "WALLET")));
        OrderTerms terms = new OrderTerms(kind, account, call.caller().party(), body.getInteger("serviceCode"), Money.ofFen(body.getLong("amountFen")));
        Duration lifetime = Duration.ofSeconds(body.getInteger("lifetimeSeconds", 600));
        return new ApiAnswer(201, done(Opening.of(call.key(), terms, Goal.valueOf(body.getString("goal")), lifetime, call.receivedAt())));
    }

    private ApiAnswer change(ApiCall call, OrderEvent event) throws InterruptedException, ExecutionException, TimeoutException {
        call.require(Scope.PAYMENTS_WRITE);
        Optional<Money> amount = Optional.ofNullable(call.body().getLong("amountFen")).map(Money::ofFen);
        return ApiAnswer.ok(done(new Change(call.key(), order(call), event, amount, call.body().getString("reason", ""), call.receivedAt())));
    }

    private JsonObject done(PaymentRequest request) throws InterruptedException, ExecutionException, TimeoutException {
        PaymentAnswer answer = desk.take(request).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        return switch (answer) {
            case PaymentAnswer.Refused refused -> throw ProblemCode.of(refused.reason(), "order " + refused.order());
            case PaymentAnswer.Done done -> new JsonObject().put("orderId", done.order().toString()).put("state", done.state().name())
                    .put("amountFen", done.amount().fen()).put("at", done.at().toString());
        };
    }

    private ApiAnswer get(ApiCall call) {
        call.require(Scope.PAYMENTS_READ);
        OrderId order = order(call);
        return ApiAnswer.ok(orders.find(call.caller().name(), order).map(OrderGroup::json)
                .orElseThrow(() -> ProblemCode.of(PaymentRefusal.ORDER_UNKNOWN, "order " + order)));
    }

    private ApiAnswer list(ApiCall call) {
        call.require(Scope.PAYMENTS_READ);
        JsonArray listed = new JsonArray();
        orders.listOpen(call.caller().name(), LISTED).forEach(view -> listed.add(json(view)));
        return ApiAnswer.ok(new JsonObject().put("orders", listed));
    }

    private static JsonObject json(OpenOrders.View view) {
        JsonObject json = new JsonObject().put("orderId", view.order().toString()).put("kind", view.kind().name()).put("card", view.cardNo().masked())
                .put("state", view.state().name()).put("amountFen", view.amounts().asked().fen()).put("heldFen", view.amounts().held().fen())
                .put("capturedFen", view.amounts().captured().fen()).put("refundedFen", view.amounts().refunded().fen())
                .put("since", view.since().toString()).put("reason", view.reason());
        view.expiresAt().ifPresent(at -> json.put("expiresAt", at.toString()));
        return json;
    }

    private static OrderId order(ApiCall call) {
        return OrderId.parse(call.inPath("orderId"));
    }
}
