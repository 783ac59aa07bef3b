package cn.onecard.engine.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** What happened to a caller's orders, for whoever was not told or did not listen. */
public final class EventGroup implements ApiGroup {
    private final EventTable events;

    public EventGroup(EventTable events) {
        this.events = events;
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("listEvents", this::list);
    }

    private ApiAnswer list(ApiCall call) {
        call.require(Scope.PAYMENTS_READ);
        long after = Long.parseLong(call.query().getOrDefault("after", "0"));
        int limit = Integer.parseInt(call.query().getOrDefault("limit", "100"));
        JsonArray listed = new JsonArray();
        events.list(call.caller().name(), after, limit).forEach(event -> listed.add(json(event)));
        return ApiAnswer.ok(new JsonObject().put("events", listed));
    }

    /** An event as it is listed, and as a webhook is sent it. */
    static JsonObject json(EventTable.Event event) {
        return new JsonObject().put("eventNo", event.eventNo()).put("orderId", event.orderId()).put("stepNo", event.stepNo())
                .put("from", event.from().name()).put("to", event.to().name()).put("amountFen", event.amountFen()).put("actor", event.actor())
                .put("reason", event.reason()).put("at", event.at().toString());
    }
}
