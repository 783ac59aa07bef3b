package cn.onecard.engine.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who gets in: a known caller that signed this very request, just now, for the first time, and does not ask too often. Reads the
 *  callers again after a moment, so a revoked one is out within it. Thread-safe; blocks on the database. */
final class Gate {
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final CallerTable table;
    private final ApiLimits limits;
    private final Clock clock;
    private final NonceMemory nonces;
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();
    private volatile Known known = new Known(Map.of(), Instant.MIN);        // written by refresh()

    /** The callers at some time. */
    private record Known(Map<String, Caller> callers, Instant at) {}

    Gate(CallerTable table, ApiLimits limits, Clock clock) {
        this.table = table;
        this.limits = limits;
        this.clock = clock;
        this.nonces = new NonceMemory(limits.signatureAge(), limits.nonces());
    }

    /** Lets a request in.
     *
     *  @return whose it is
     *  @throws Problem if it is not let in */
    Caller admit(Envelope envelope) {
        RequestSignature signature = RequestSignature.read(envelope);
        Instant now = clock.instant();
        Caller caller = callers(now).get(signature.keyId());
        if (caller == null || !caller.publicKey().verifies(signature.base(), signature.signature())) {
            throw ProblemCode.SIGNATURE_WRONG.with("no caller of that name made this signature over this request");
        }
        if (Duration.between(signature.created(), now).abs().compareTo(limits.signatureAge()) > 0) {
            throw ProblemCode.SIGNATURE_EXPIRED.with("it was made at " + signature.created() + ", and it is " + now);
        }
        limit(caller);
        return switch (nonces.remember(caller.name(), signature.nonce(), now)) {
            case FRESH -> caller;
            case USED -> throw ProblemCode.REPLAYED.with("a request is sent again with a new nonce and the same idempotency key");
            case NO_ROOM -> throw ProblemCode.OVERLOADED.with("no more nonces can be remembered for now");
        };
    }

    private void limit(Caller caller) {
        TokenBucket bucket = buckets.compute(caller.name(), (name, old) ->
                old != null && old.perSecond() == caller.perSecond() ? old : new TokenBucket(caller.perSecond(), System.nanoTime()));
        Duration wait = bucket.take(System.nanoTime());
        if (!wait.isZero()) {
            throw ProblemCode.TOO_MANY_REQUESTS.with("at most " + caller.perSecond() + " requests a second; again in " + wait.toMillis() + " ms");
        }
    }

    private Map<String, Caller> callers(Instant now) {
        Known current = known;
        return current.at().plus(MOMENT).isBefore(now) ? refresh(now) : current.callers();
    }

    private synchronized Map<String, Caller> refresh(Instant now) {
        if (known.at().plus(MOMENT).isBefore(now)) {
            List<Caller> callers = table.list();
            known = new Known(callers.stream().collect(Collectors.toUnmodifiableMap(Caller::name, Function.identity())), now);
            buckets.keySet().retainAll(known.callers().keySet());
        }
        return known.callers();
    }
}
