package cn.onecard.engine.api;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Signs requests as {@link RequestSignature} wants them: the caller's side of it.
 *
 *  @param caller by which name it is known
 *  @param key an Ed25519 key */
public record RequestSigner(String caller, PrivateKey key) {
    /** A request, signed at that moment and used once.
     *
     *  @param method for instance POST
     *  @param idempotencyKey if it bears one
     *  @param body JSON; empty if there is none */
    public HttpRequest request(String method, URI uri, Optional<String> idempotencyKey, byte[] body, Instant now) {
        Optional<String> digest = body.length == 0 ? Optional.empty() : Optional.of(Envelope.digest(body));
        Envelope envelope = new Envelope(method, uri.getRawPath(), uri.getRawQuery() == null ? "?" : "?" + uri.getRawQuery(),
                new Envelope.Headers(Optional.empty(), Optional.empty(), digest, idempotencyKey), body);
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri).method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers(envelope, now, UUID.randomUUID().toString()).forEach(builder::header);
        return builder.build();
    }

    /** The headers that a request needs, the signature among them.
     *
     *  @param nonce 16 to 64 of A-Z a-z 0-9 _ -, never used before */
    Map<String, String> headers(Envelope envelope, Instant created, String nonce) {
        Map<String, String> headers = new LinkedHashMap<>();
        String parameters = "(" + RequestSignature.components(envelope) + ");created=" + created.getEpochSecond() + ";nonce=\"" + nonce + "\";keyid=\"" + caller
                + "\";alg=\"ed25519\"";
        headers.put("Signature-Input", "sig1=" + parameters);
        headers.put("Signature", "sig1=:" + Base64.getEncoder().encodeToString(sign(RequestSignature.base(envelope, parameters).getBytes(StandardCharsets.UTF_8))) + ":");
        if (envelope.body().length > 0) {
            headers.put("Content-Type", "application/json");
        }
        envelope.headers().contentDigest().ifPresent(digest -> headers.put("Content-Digest", digest));
        envelope.headers().idempotencyKey().ifPresent(one -> headers.put("Idempotency-Key", one));
        return headers;
    }

    private byte[] sign(byte[] base) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(base);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this is no Ed25519 key", e);
        }
    }
}
