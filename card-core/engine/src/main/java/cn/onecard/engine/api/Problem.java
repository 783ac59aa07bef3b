package cn.onecard.engine.api;

import io.vertx.core.json.JsonObject;

/** Ends a request with problem details (RFC 9457). Thrown on the way of a request, and answered in one place. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final String title;

    /** A problem.
     *
     *  @param status HTTP status
     *  @param code stable, for programs
     *  @param title what is wrong, the same for every occurrence
     *  @param detail what is wrong this time */
    Problem(int status, String code, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.title = title;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** As {@code application/problem+json}. */
    JsonObject json() {
        return new JsonObject().put("type", "urn:onecard:problem:" + code).put("title", title).put("status", status).put("code", code)
                .put("detail", getMessage());
    }
}
