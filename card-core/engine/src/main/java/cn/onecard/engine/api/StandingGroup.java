package cn.onecard.engine.api;

import cn.onecard.engine.bill.StandingBill;
import cn.onecard.engine.bill.StandingOrder;
import cn.onecard.engine.flow.StandingDesk;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** Standing orders: set up, seen, stopped and ended. */
public final class StandingGroup implements ApiGroup {
    private final StandingDesk desk;

    public StandingGroup(StandingDesk desk) {
        this.desk = desk;
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("openStandingOrder", this::open, "listStandingOrders", this::list, "getStandingOrder", this::get, "endStandingOrder", this::end,
                "stopStandingBill", this::stop);
    }

    private ApiAnswer open(ApiCall call) {
        call.require(Scope.BILLS_WRITE);
        JsonObject body = call.body();
        StandingDesk.Ask ask = new StandingDesk.Ask(call.key(), CardNo.ofDigits(body.getString("cardNo")),
                new StandingOrder.Bills(body.getString("biller"), BillGroup.query(body)), Money.ofFen(body.getLong("mostFen")), body.getInteger("noticeDays"));
        return switch (desk.add(ask)) {
            case StandingDesk.Answer.No no -> throw BillGroup.problem(no.why());
            case StandingDesk.Answer.Stands stands -> new ApiAnswer(201, json(stands));
        };
    }

    private ApiAnswer list(ApiCall call) {
        call.require(Scope.BILLS_READ);
        JsonArray all = new JsonArray();
        desk.list(call.caller().name()).forEach(one -> all.add(json(one)));
        return ApiAnswer.ok(new JsonObject().put("standingOrders", all));
    }

    private ApiAnswer get(ApiCall call) {
        call.require(Scope.BILLS_READ);
        return answer(desk.find(call.caller().name(), call.inPath("standingId")));
    }

    private ApiAnswer end(ApiCall call) {
        call.require(Scope.BILLS_WRITE);
        return answer(desk.end(call.caller().name(), call.inPath("standingId")));
    }

    private ApiAnswer stop(ApiCall call) {
        call.require(Scope.BILLS_WRITE);
        String id = call.inPath("standingId");
        if (desk.stop(call.caller().name(), id, call.body().getString("billRef")).isEmpty()) {
            throw ProblemCode.STANDING_ORDER_UNKNOWN.with("or no such bill of it");
        }
        return answer(desk.find(call.caller().name(), id));
    }

    private static ApiAnswer answer(Optional<StandingDesk.Answer.Stands> found) {
        return ApiAnswer.ok(found.map(StandingGroup::json).orElseThrow(() -> ProblemCode.STANDING_ORDER_UNKNOWN.with("as far as this caller may know")));
    }

    private static JsonObject json(StandingDesk.Answer.Stands stands) {
        JsonArray bills = new JsonArray();
        stands.bills().forEach(one -> bills.add(json(one)));
        return json(stands.order()).put("bills", bills);
    }

    private static JsonObject json(StandingOrder order) {
        return new JsonObject().put("standingId", order.id()).put("card", order.card().masked()).put("biller", order.bills().biller()).put("mostFen", order.terms().most().fen())
                .put("noticeDays", order.terms().noticeDays()).put("ended", order.ended());
    }

    private static JsonObject json(StandingBill bill) {
        JsonObject json = new JsonObject().put("billRef", bill.billRef()).put("period", bill.period()).put("amountFen", bill.amount().fen())
                .put("payOn", bill.payOn().toString()).put("state", bill.progress().state().name()).put("reason", bill.progress().reason());
        bill.progress().order().ifPresent(order -> json.put("orderId", order.toString()));
        return json;
    }
}
