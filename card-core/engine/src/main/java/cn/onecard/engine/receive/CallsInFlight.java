package cn.onecard.engine.receive;

import java.util.HashMap;
import java.util.Map;

/** Counts the payment calls under way. Thread-safe. */
final class CallsInFlight {
    private final CallLimits limits;
    private final Map<String, Integer> ofGateway = new HashMap<>();     // under the monitor
    private int all;                                                    // under the monitor
    private boolean draining;                                           // under the monitor

    CallsInFlight(CallLimits limits) {
        this.limits = limits;
    }

    /** What became of a call that wants to begin. */
    enum Entry { TAKEN, TOO_MANY, GOING_DOWN }

    /** Counts a call in, if there is room. */
    synchronized Entry enter(String gateway) {
        int own = ofGateway.getOrDefault(gateway, 0);
        if (draining) {
            return Entry.GOING_DOWN;
        }
        if (all >= limits.inAll() || own >= limits.ofGateway()) {
            return Entry.TOO_MANY;
        }
        ofGateway.put(gateway, own + 1);
        all++;
        return Entry.TAKEN;
    }

    /** Counts a call out that was taken. */
    synchronized void leave(String gateway) {
        ofGateway.computeIfPresent(gateway, (name, own) -> own == 1 ? null : own - 1);
        all--;
    }

    /** From now on none is taken. */
    synchronized void drain() {
        draining = true;
    }

    synchronized int count() {
        return all;
    }
}
