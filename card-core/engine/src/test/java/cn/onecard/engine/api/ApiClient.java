package cn.onecard.engine.api;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** A caller of the interface as its programmer would write it. */
public final class ApiClient {
    private final HttpClient http;
    private final String name;
    private final KeyPair keys;

    /** A caller with a new key. */
    public ApiClient(HttpClient http, String name) throws GeneralSecurityException {
        this.http = http;
        this.name = name;
        this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    /** A request in the making, of which anything can be spoilt. */
    static final class Draft {
        String method;
        String target;
        String body;
        String key;
        String keyId;
        String nonce = UUID.randomUUID().toString();
        Instant created = Instant.now();
        String digest;
        Consumer<HttpRequest.Builder> more = builder -> {};
        String sentBody;

        Draft(String keyId, String method, String target, String body, String key) {
            this.keyId = keyId;
            this.method = method;
            this.target = target;
            this.body = body;
            this.sentBody = body;
            this.key = key;
            this.digest = body.isEmpty() ? "" : Envelope.digest(body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The public key, as {@code api add} wants it. */
    public PublicKeyBytes publicKey() {
        return PublicKeyBytes.of(keys.getPublic());
    }

    /** Reads. */
    public HttpResponse<String> get(int port, String target) throws Exception {
        return send(port, draft("GET", target, "", ""));
    }

    /** Writes under a key. */
    HttpResponse<String> post(int port, String target, String body, String key) throws Exception {
        return send(port, draft("POST", target, body, key));
    }

    Draft draft(String method, String target, String body, String key) {
        return new Draft(name, method, target, body, key);
    }

    HttpResponse<String> send(int port, Draft draft) throws Exception {
        return http.send(request("http", port, draft), BodyHandlers.ofString());
    }

    /** Sends a signed request over TLS. */
    public HttpResponse<String> getTls(int port, String target) throws IOException, InterruptedException {
        return http.send(request("https", port, draft("GET", target, "", "")), BodyHandlers.ofString());
    }

    private HttpRequest request(String scheme, int port, Draft draft) {
        URI uri = URI.create(scheme + "://localhost:" + port + draft.target);
        Optional<String> digest = Optional.of(draft.digest).filter(text -> !text.isEmpty());
        Optional<String> key = Optional.of(draft.key).filter(text -> !text.isEmpty());
        Envelope envelope = new Envelope(draft.method, uri.getRawPath(), uri.getRawQuery() == null ? "?" : "?" + uri.getRawQuery(),
                new Envelope.Headers(Optional.empty(), Optional.empty(), digest, key), draft.body.getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri)
                .method(draft.method, draft.sentBody.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(draft.sentBody));
        new RequestSigner(draft.keyId, keys.getPrivate()).headers(envelope, draft.created, draft.nonce).forEach(builder::header);
        draft.more.accept(builder);
        return builder.build();
    }

    static JsonObject json(HttpResponse<String> response) {
        return new JsonObject(response.body());
    }
}
