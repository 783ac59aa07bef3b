package cn.onecard.engine.order;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The closed table of states: every pair of state and event is either in it, or refused.
 *
 *  <pre>
 *  NONE ──────────► QUOTED ──► HELD ──► CAPTURED ──► PARTLY_REFUNDED ──► REFUNDED
 *    ├────────────────┼────────►│  │        └──────────────────────────────►┘
 *    └► REFUSED       │         │  └► UNKNOWN ──► CAPTURED (proof that it was done)
 *                     ├────────►┤        └──────► VOIDED   (proof that it was not)
 *                     └► VOIDED, EXPIRED
 *  </pre> */
final class OrderTable {
    private static final Map<OrderState, Map<OrderEvent, OrderState>> NEXT = table();

    private OrderTable() {}

    /** Where an event leads, or empty if it cannot happen there. */
    static Optional<OrderState> next(OrderState state, OrderEvent event) {
        return Optional.ofNullable(NEXT.getOrDefault(state, Map.of()).get(event));
    }

    private static Map<OrderState, Map<OrderEvent, OrderState>> table() {
        Map<OrderState, Map<OrderEvent, OrderState>> table = new EnumMap<>(OrderState.class);
        table.put(OrderState.NONE, Map.of(OrderEvent.QUOTE, OrderState.QUOTED, OrderEvent.HOLD, OrderState.HELD, OrderEvent.REFUSE, OrderState.REFUSED));
        table.put(OrderState.QUOTED, Map.of(OrderEvent.HOLD, OrderState.HELD, OrderEvent.VOID, OrderState.VOIDED, OrderEvent.EXPIRE, OrderState.EXPIRED));
        table.put(OrderState.HELD, Map.of(OrderEvent.CAPTURE, OrderState.CAPTURED, OrderEvent.VOID, OrderState.VOIDED,
                OrderEvent.EXPIRE, OrderState.EXPIRED, OrderEvent.LOSE, OrderState.UNKNOWN));
        table.put(OrderState.UNKNOWN, Map.of(OrderEvent.PROVE_DONE, OrderState.CAPTURED, OrderEvent.PROVE_UNDONE, OrderState.VOIDED));
        Map<OrderEvent, OrderState> refunds = Map.of(OrderEvent.REFUND_PART, OrderState.PARTLY_REFUNDED, OrderEvent.REFUND_REST, OrderState.REFUNDED);
        table.put(OrderState.CAPTURED, refunds);
        table.put(OrderState.PARTLY_REFUNDED, refunds);
        return Collections.unmodifiableMap(table);
    }
}
