package cn.onecard.analytics.portal;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** An error as problem details (RFC 9457).
 *
 *  @param status HTTP status
 *  @param title  what is wrong, the same for every occurrence
 *  @param detail what is wrong this time, and what to do */
record Problem(int status, String title, String detail) {
    void answer(RoutingContext context) {
        context.response().setStatusCode(status).putHeader("Content-Type", "application/problem+json");
        if (status == 401) {
            context.response().putHeader("WWW-Authenticate", "Bearer realm=\"onecard-extract\"");
        }
        context.end(new JsonObject().put("type", "about:blank").put("title", title).put("status", status).put("detail", detail)
                .put("instance", context.request().path()).toBuffer());
    }
}
