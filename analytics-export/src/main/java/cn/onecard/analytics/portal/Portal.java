package cn.onecard.analytics.portal;

import cn.onecard.analytics.publish.Manifest;
import cn.onecard.analytics.publish.ReleaseStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The portal's HTTP server, on the loopback interface.
 *
 *  <p>A file never changes, so its ETag is the digest of its bytes and may be kept for ever. Part requests and conditional
 *  requests follow RFC 9110; Parquet readers fetch only the parts they need. */
public final class Portal {
    private static final Logger AUDIT = LoggerFactory.getLogger("cn.onecard.analytics.audit");
    private static final Logger LOG = LoggerFactory.getLogger(Portal.class);
    private static final String ANALYST = "analyst";

    private final Vertx vertx;
    private final ReleaseStore store;
    private final Analysts analysts;

    /** A portal to these releases for these analysts. */
    public Portal(Vertx vertx, ReleaseStore store, Analysts analysts) {
        this.vertx = vertx;
        this.store = store;
        this.analysts = analysts;
    }

    /** Starts listening on 127.0.0.1.
     *
     *  @param port 0 for a free one */
    public Future<HttpServer> listen(int port) {
        Router router = Router.router(vertx);
        router.route().handler(this::head);
        router.get("/").handler(context -> sendResource(context, "index.html", "text/html; charset=utf-8"));
        router.get("/openapi.yaml").handler(context -> sendResource(context, "openapi.yaml", "application/yaml"));
        router.get("/health").handler(context -> context.json(new JsonObject().put("status", "UP")));
        router.get("/catalogue").handler(this::authenticate).blockingHandler(this::sendCatalogue);
        router.route("/files/:day/:name").method(HttpMethod.GET).method(HttpMethod.HEAD)
                .handler(this::authenticate).blockingHandler(this::sendFile);
        router.errorHandler(404, context -> new Problem(404, "Not found", "there is nothing here; see /openapi.yaml").answer(context));
        router.errorHandler(405, context -> new Problem(405, "Method not allowed", "the portal is read only").answer(context));
        router.errorHandler(500, context -> {
            LOG.error("a request to {} failed", context.request().path(), context.failure());
            new Problem(500, "Internal error", "the portal could not answer; the operator's log says why").answer(context);
        });
        return vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1");
    }

    private void head(RoutingContext context) {
        context.response().putHeader("Vary", "Accept, Accept-Encoding").putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Access-Control-Expose-Headers", "ETag, Content-Range, Accept-Ranges");
        context.next();
    }

    private void sendResource(RoutingContext context, String name, String type) {
        vertx.fileSystem().readFile("cn/onecard/analytics/portal/" + name)
                .onSuccess(bytes -> context.response().putHeader("Content-Type", type).end(bytes))
                .onFailure(context::fail);
    }

    private void authenticate(RoutingContext context) {
        String header = Optional.ofNullable(context.request().getHeader("Authorization")).orElse("");
        if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            new Problem(401, "Unauthorized", "send the header Authorization: Bearer TOKEN; the operator makes tokens").answer(context);
            return;
        }
        vertx.executeBlocking(() -> analysts.find(header.substring(7).strip())).onFailure(context::fail).onSuccess(found -> {
            if (found.isPresent()) {
                context.put(ANALYST, found.get());
                context.next();
            } else {
                audit(context, "unknown token", 403);
                new Problem(403, "Forbidden", "this token is not, or no longer, valid").answer(context);
            }
        });
    }

    private void sendCatalogue(RoutingContext context) {
        try {
            JsonArray releases = new JsonArray();
            for (Manifest release : store.listReleases()) {
                JsonObject entry = new JsonObject(release.toJson().toString());
                entry.getJsonArray("files").add(new JsonObject().put("name", ReleaseStore.MANIFEST).put("mediaType", "application/json"));
                entry.getJsonArray("files").forEach(file -> ((JsonObject) file)
                        .put("href", "/files/" + release.period() + "/" + ((JsonObject) file).getString("name")));
                releases.add(entry);
            }
            audit(context, "catalogue", 200);
            context.json(new JsonObject().put("releases", releases));
        } catch (IOException broken) {
            context.fail(broken);
        }
    }

    private void sendFile(RoutingContext context) {
        String name = Optional.ofNullable(context.pathParam("name")).orElse("");
        try {
            Optional<ReleaseStore.StoredFile> found = store.findFile(Optional.ofNullable(context.pathParam("day")).orElse(""), name);
            if (found.isEmpty()) {
                audit(context, name, 404);
                new Problem(404, "Not found", "no release has this file; see /catalogue").answer(context);
                return;
            }
            send(context, found.get().path(), Files.size(found.get().path()), "\"" + found.get().sha256() + "\"");
        } catch (IOException broken) {
            context.fail(broken);
        }
    }

    private static void send(RoutingContext context, Path file, long length, String tag) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        String name = String.valueOf(file.getFileName());
        response.putHeader("ETag", tag).putHeader("Accept-Ranges", "bytes").putHeader("Cache-Control", "private, max-age=31536000, immutable");
        String known = request.getHeader("If-None-Match");
        if (known != null && (known.strip().equals("*") || tags(known).contains(tag))) {
            audit(context, name, 304);
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", ReleaseStore.mediaType(name));
        boolean isHead = request.method().equals(HttpMethod.HEAD);
        Optional<String> asked = isHead ? Optional.empty() : partAsked(request, tag);
        Optional<ByteRange> range = asked.isEmpty() ? Optional.of(new ByteRange(0, length - 1)) : ByteRange.find(asked.get(), length);
        if (range.isEmpty()) {
            audit(context, name, 416);
            response.putHeader("Content-Range", "bytes */" + length);
            new Problem(416, "Range not satisfiable", "the file has " + length + " bytes").answer(context);
            return;
        }
        int status = asked.isPresent() ? 206 : 200;
        audit(context, name, status);
        response.setStatusCode(status);
        if (asked.isPresent()) {
            response.putHeader("Content-Range", "bytes " + range.get().first() + "-" + range.get().last() + "/" + length);
        }
        if (isHead) {
            response.putHeader("Content-Length", Long.toString(length)).end();
        } else {
            response.sendFile(file.toString(), range.get().first(), range.get().length()).onFailure(context::fail);
        }
    }

    /** The range that is asked for, unless it is on condition of a version that we do not have. */
    private static Optional<String> partAsked(HttpServerRequest request, String tag) {
        String condition = request.getHeader("If-Range");
        return Optional.ofNullable(request.getHeader("Range")).filter(ByteRange::isOne)
                .filter(range -> condition == null || condition.strip().equals(tag));
    }

    private static List<String> tags(String header) {
        return Arrays.stream(header.split(",", -1)).map(String::strip).map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag).toList();
    }

    /** One line a request, who asked for what and what they got. */
    private static void audit(RoutingContext context, String what, int status) {
        Object analyst = context.get(ANALYST);
        AUDIT.atInfo().addKeyValue("analyst", analyst == null ? "-" : analyst).addKeyValue("path", context.request().path())
                .addKeyValue("range", Optional.ofNullable(context.request().getHeader("Range")).orElse("-"))
                .addKeyValue("status", status).log("{} {}: {}", context.request().method(), what, status);
    }
}
