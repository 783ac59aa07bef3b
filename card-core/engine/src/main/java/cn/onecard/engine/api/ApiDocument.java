package cn.onecard.engine.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The document that says what the interface does (OpenAPI 3.1). */
final class ApiDocument {
    /** As it is asked for. */
    static final String NAME = "openapi.yaml";

    private ApiDocument() {}

    /** As it is served. */
    static Buffer text(Vertx vertx) {
        return vertx.fileSystem().readFileBlocking(NAME);
    }

    /** As requests and answers are held to it. The validator takes no media type of problems, so to it they are plain JSON. */
    static Future<OpenAPIContract> contract(Vertx vertx) {
        return OpenAPIContract.from(vertx, json(vertx));
    }

    /** As the validator reads it. */
    static JsonObject json(Vertx vertx) {
        Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(text(vertx).toString().replace("application/problem+json:", "application/json:"));
        return new JsonObject(document);
    }
}
