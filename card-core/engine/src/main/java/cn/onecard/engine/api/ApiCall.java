package cn.onecard.engine.api;

import cn.onecard.engine.order.CallKey;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A request that was let in and matches the document.
 *
 *  @param path parameters of the path
 *  @param query parameters of the query, those with a default included
 *  @param body empty if the operation has none */
public record ApiCall(Caller caller, Map<String, String> path, Map<String, String> query, Optional<String> idempotencyKey, JsonObject body, Instant receivedAt) {
    /** A parameter of the path. */
    String inPath(String name) {
        return Optional.ofNullable(path.get(name)).orElseThrow(() -> new IllegalStateException("the document has no " + name + " in that path"));
    }

    /** The key of a write.
     *
     *  @throws Problem if it is none */
    CallKey key() {
        try {
            return CallKey.ofCaller(caller.name(), idempotencyKey.orElse(""));
        } catch (IllegalArgumentException e) {
            throw ProblemCode.NOT_AS_DOCUMENTED.with(String.valueOf(e.getMessage()));
        }
    }

    /** Ends the request unless the caller may do that. */
    void require(Scope scope) {
        if (!caller.scopes().contains(scope)) {
            throw ProblemCode.SCOPE_MISSING.with("the scope " + scope.text() + " is needed");
        }
    }
}
