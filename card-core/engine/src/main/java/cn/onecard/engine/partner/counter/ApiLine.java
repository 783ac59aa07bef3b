package cn.onecard.engine.partner.counter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** A caller's line to OneCard. */
@FunctionalInterface
public interface ApiLine {
    /** Sends a request, signed, and waits for the answer. */
    Reply send(Call call) throws IOException, InterruptedException;

    /** A request.
     *
     *  @param path from the root
     *  @param key idempotency key, if it bears one */
    record Call(String method, String path, Optional<String> key, Optional<ObjectNode> body) {
        static Call get(String path) {
            return new Call("GET", path, Optional.empty(), Optional.empty());
        }

        static Call put(String path, ObjectNode body) {
            return new Call("PUT", path, Optional.empty(), Optional.of(body));
        }

        static Call post(String path, String key, ObjectNode body) {
            return new Call("POST", path, Optional.of(key), Optional.of(body));
        }

        /** A request whose body says which it is, so that it bears no key. */
        static Call ask(String path, ObjectNode body) {
            return new Call("POST", path, Optional.empty(), Optional.of(body));
        }
    }

    /** An answer.
     *
     *  @param status of HTTP
     *  @param body what was asked for, or a problem (RFC 9457) */
    record Reply(int status, JsonNode body) {
        boolean isGood() {
            return status / 100 == 2;
        }
    }
}
