package cn.onecard.engine.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A signature of a request: HTTP Message Signatures [1], narrowed to one form so that there is nothing to argue about.
 *
 *  <pre>
 *  Content-Digest:  sha-256=:BASE64:                                             if there is a body
 *  Signature-Input: sig1=(COMPONENTS);created=UNIX_SECONDS;nonce="16 to 64 of A-Z a-z 0-9 _ -";keyid="CALLER";alg="ed25519"
 *  Signature:       sig1=:BASE64 of 64 bytes:
 *  </pre>
 *  COMPONENTS are {@code "@method" "@path" "@query"}, then {@code "content-digest"} if there is a body, then
 *  {@code "idempotency-key"} if there is one: all of them, in this order, and no others.
 *
 *  <p>[1] RFC 9421, sections 2 and 3. */
@SuppressWarnings("ArrayRecordComponent")      // bytes as they came; never compared
record RequestSignature(String keyId, String nonce, Instant created, byte[] signature, byte[] base) {
    private static final Pattern INPUT = Pattern.compile(
            "sig1=(\\(([^)]*)\\);created=(\\d{1,11});nonce=\"([A-Za-z0-9_-]{16,64})\";keyid=\"([!#-\\[\\]-~]{1,64})\";alg=\"ed25519\")");
    private static final Pattern SIGNATURE = Pattern.compile("sig1=:([A-Za-z0-9+/]{86}==):");

    /** Reads the signature of a request; whose it is, and whether it is right, is not known yet.
     *
     *  @throws Problem if there is none that covers all it must */
    static RequestSignature read(Envelope envelope) {
        Matcher input = INPUT.matcher(envelope.headers().signatureInput().orElseThrow(() -> ProblemCode.NOT_SIGNED.with("there is no header Signature-Input")));
        Matcher signature = SIGNATURE.matcher(envelope.headers().signature().orElseThrow(() -> ProblemCode.NOT_SIGNED.with("there is no header Signature")));
        if (!input.matches() || !signature.matches()) {
            throw ProblemCode.NOT_SIGNED.with("Signature-Input or Signature does not have the form that the document asks for");
        }
        String components = components(envelope);
        if (!input.group(2).equals(components)) {
            throw ProblemCode.NOT_SIGNED.with("the signature must cover (" + components + "), not (" + input.group(2) + ")");
        }
        if (envelope.body().length > 0 && !envelope.headers().contentDigest().equals(java.util.Optional.of(Envelope.digest(envelope.body())))) {
            throw ProblemCode.SIGNATURE_WRONG.with("Content-Digest is not the SHA-256 of the body");
        }
        return new RequestSignature(input.group(5), input.group(4), Instant.ofEpochSecond(Long.parseLong(input.group(3))),
                Base64.getDecoder().decode(signature.group(1)), base(envelope, input.group(1)).getBytes(StandardCharsets.UTF_8));
    }

    /** What a signature of this request must cover. */
    static String components(Envelope envelope) {
        return "\"@method\" \"@path\" \"@query\"" + (envelope.body().length > 0 ? " \"content-digest\"" : "")
                + (envelope.headers().idempotencyKey().isPresent() ? " \"idempotency-key\"" : "");
    }

    /** The text that is signed.
     *
     *  @param parameters the value of Signature-Input after the label */
    static String base(Envelope envelope, String parameters) {
        StringBuilder base = new StringBuilder().append("\"@method\": ").append(envelope.method()).append("\n\"@path\": ").append(envelope.path())
                .append("\n\"@query\": ").append(envelope.query()).append('\n');
        if (envelope.body().length > 0) {
            base.append("\"content-digest\": ").append(envelope.headers().contentDigest().orElse("")).append('\n');
        }
        envelope.headers().idempotencyKey().ifPresent(key -> base.append("\"idempotency-key\": ").append(key).append('\n'));
        return base.append("\"@signature-params\": ").append(parameters).toString();
    }
}
