package cn.onecard.engine.api;

import cn.onecard.engine.flow.BillAnswer;
import cn.onecard.engine.flow.BillCancelling;
import cn.onecard.engine.flow.BillDesk;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.engine.rail.utility.Bill;
import cn.onecard.engine.rail.utility.BillQuery;
import cn.onecard.engine.rail.utility.BillerDescriptor;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Bills of water, electricity and gas: asked for, paid, seen and taken back. */
public final class BillGroup implements ApiGroup {
    private static final String TITLE = "The bill desk says no";

    private final BillDesk desk;
    private final BillCancelling cancelling;
    private final Duration patience;

    /** The group.
     *
     *  @param patience how long a request may wait for the biller; after that it is told how the payment stands */
    public BillGroup(BillDesk desk, BillCancelling cancelling, Duration patience) {
        this.desk = desk;
        this.cancelling = cancelling;
        this.patience = patience;
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("listBillers", this::list, "queryBills", this::query, "payBill", this::pay, "getBillPayment", this::get, "cancelBillPayment", this::cancel);
    }

    private ApiAnswer list(ApiCall call) {
        call.require(Scope.BILLS_READ);
        JsonArray billers = new JsonArray();
        desk.list().forEach(one -> billers.add(json(one)));
        return ApiAnswer.ok(new JsonObject().put("billers", billers));
    }

    private ApiAnswer query(ApiCall call) {
        call.require(Scope.BILLS_READ);
        return answer(desk.query(call.body().getString("biller"), query(call.body())));
    }

    private ApiAnswer pay(ApiCall call) throws InterruptedException, ExecutionException {
        call.require(Scope.BILLS_WRITE);
        CompletableFuture<BillAnswer> paid = desk.pay(new BillDesk.Ask(call.key(), CardNo.ofDigits(call.body().getString("cardNo")), call.body().getString("quote"),
                Money.ofFen(call.body().getLong("amountFen"))));
        try {
            return answer(paid.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            return answer(desk.find(call.caller().name(), OrderId.of(call.key())));
        }
    }

    private ApiAnswer get(ApiCall call) {
        call.require(Scope.BILLS_READ);
        return answer(desk.find(call.caller().name(), OrderId.parse(call.inPath("orderId"))));
    }

    private ApiAnswer cancel(ApiCall call) throws InterruptedException, ExecutionException {
        call.require(Scope.BILLS_WRITE);
        return answer(cancelling.cancel(call.caller().name(), OrderId.parse(call.inPath("orderId"))));
    }

    /** Whose bills are meant. */
    static BillQuery query(JsonObject body) {
        return new BillQuery(body.getString("account"), body.getJsonObject("inputs", new JsonObject()).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().toString())));
    }

    /** Why a bill desk does not do it. */
    static Problem problem(BillAnswer.No no) {
        int status = switch (no.reason()) {
            case BILLER_UNKNOWN, PAYMENT_UNKNOWN -> 404;
            case INPUT_WRONG, QUOTE_UNKNOWN, AMOUNT_WRONG, BILLER_REFUSED, PAYMENT_REFUSED -> 422;
            case QUOTE_OVER, OLDER_BILL_FIRST, BILL_IN_HAND, BILL_PAID, KEY_CONFLICT, NOT_PAID, TOO_LATE -> 409;
            case BILLER_AWAY -> 503;
        };
        return no.reason() == BillAnswer.Reason.PAYMENT_REFUSED ? ProblemCode.of(PaymentRefusal.valueOf(no.detail()), "the bill is not paid")
                : new Problem(status, no.reason().name(), TITLE, no.detail());
    }

    private static ApiAnswer answer(BillAnswer answer) {
        return switch (answer) {
            case BillAnswer.No no -> throw problem(no);
            case BillAnswer.Offer offer -> {
                JsonArray bills = new JsonArray();
                offer.bills().forEach(one -> bills.add(json(one.bill()).put("quote", one.quote())));
                yield ApiAnswer.ok(new JsonObject().put("name", offer.customer().maskedName()).put("address", offer.customer().maskedAddress()).put("bills", bills));
            }
            case BillAnswer.Stands stands -> {
                JsonObject json = new JsonObject().put("orderId", stands.order().toString()).put("state", stands.state().name()).put("amountFen", stands.amount().fen())
                        .put("reference", stands.reference()).put("fulfilment", stands.fulfilment());
                stands.cancellation().ifPresent(one -> json.put("cancellation", new JsonObject().put("state", one.state().name()).put("reason", one.reason())));
                yield ApiAnswer.ok(json);
            }
        };
    }

    private static JsonObject json(Bill bill) {
        return new JsonObject().put("billRef", bill.billRef()).put("period", bill.period()).put("amountFen", bill.amount().fen()).put("lateFeeFen", bill.lateFee().fen())
                .put("due", bill.due().toString()).put("quoteExpiresAt", bill.quote().expiresAt().toString());
    }

    private static JsonObject json(BillerDescriptor biller) {
        JsonArray inputs = new JsonArray();
        biller.inputs().forEach(one -> inputs.add(new JsonObject().put("name", one.name()).put("label", one.label()).put("regex", one.regex())));
        return new JsonObject().put("biller", biller.biller()).put("name", biller.about().name()).put("category", biller.about().category().name()).put("inputs", inputs)
                .put("amountRule", biller.rules().amount().name()).put("unitFen", biller.rules().unitFen()).put("order", biller.rules().order().name())
                .put("cancelUntil", biller.rules().cancelUntil()).put("fulfilment", biller.rules().fulfilment().name());
    }
}
