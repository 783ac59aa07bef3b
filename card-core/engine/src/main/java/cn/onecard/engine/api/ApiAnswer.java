package cn.onecard.engine.api;

import io.vertx.core.json.JsonObject;

/** What is answered to a request that was done.
 *
 *  @param status 200 or 201 */
public record ApiAnswer(int status, JsonObject body) {
    static ApiAnswer ok(JsonObject body) {
        return new ApiAnswer(200, body);
    }
}
