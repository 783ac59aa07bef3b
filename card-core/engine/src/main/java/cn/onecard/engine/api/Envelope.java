package cn.onecard.engine.api;

import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** A request as its signature covers it.
 *
 *  @param method for instance POST
 *  @param path as it came
 *  @param query with its question mark, which is there also if nothing follows it
 *  @param headers what is covered, or says what is
 *  @param body empty if there is none */
@SuppressWarnings("ArrayRecordComponent")      // bytes as they came; never compared
record Envelope(String method, String path, String query, Headers headers, byte[] body) {
    /** The headers of a signature (RFC 9421, RFC 9530), and the idempotency key. */
    record Headers(Optional<String> signatureInput, Optional<String> signature, Optional<String> contentDigest, Optional<String> idempotencyKey) {
        static Headers of(HttpServerRequest request) {
            return new Headers(only(request, "Signature-Input"), only(request, "Signature"), only(request, "Content-Digest"), only(request, "Idempotency-Key"));
        }

        private static Optional<String> only(HttpServerRequest request, String name) {
            if (request.headers().getAll(name).size() > 1) {
                throw ProblemCode.NOT_SIGNED.with("there is more than one header " + name);
            }
            return Optional.ofNullable(request.getHeader(name));
        }
    }

    static Envelope of(HttpServerRequest request, byte[] body) {
        String query = request.query();
        return new Envelope(request.method().name(), String.valueOf(request.path()), query == null ? "?" : "?" + query, Headers.of(request), body);
    }

    /** The header {@code Content-Digest} that this body has. */
    static String digest(byte[] body) {
        try {
            return "sha-256=:" + Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(body)) + ":";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
