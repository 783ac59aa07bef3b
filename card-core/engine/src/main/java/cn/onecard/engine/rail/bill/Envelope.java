package cn.onecard.engine.rail.bill;

import cn.onecard.engine.key.SigningKey;
import cn.onecard.engine.key.Sm3;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What is signed of an exchange over HTTP: five lines of text. An answer is signed with the nonce of its request, so that the answer
 *  to one request is never the answer to another.
 *
 *  <pre>
 *  request:  method \n path \n SM3 of the body in Base64 \n time (ISO 8601, UTC) \n nonce
 *  answer:   status \n path \n SM3 of the body in Base64 \n - \n nonce of the request
 *  </pre> */
public final class Envelope {
    /** Header: which key signed. */
    public static final String KEY = "X-Key";
    /** Header: when, ISO 8601 in UTC. */
    public static final String TIME = "X-Timestamp";
    /** Header: 32 hexadecimal digits, never used twice. */
    public static final String NONCE = "X-Nonce";
    /** Header: signature in Base64. */
    public static final String SIGNATURE = "X-Signature";

    private Envelope() {}

    /** The signature of a request.
     *
     *  @param path for instance {@code /v1/pay} */
    public static String signRequest(SigningKey key, String path, Stamp stamp, byte[] body) {
        return Base64.getEncoder().encodeToString(key.sign(text("POST", path, stamp.time(), stamp.nonce(), body)));
    }

    /** Whether that is the signature of a request. */
    public static boolean isRequestOf(SigningKey.Check key, String path, Stamp stamp, byte[] body, String signature) {
        return verify(key, text("POST", path, stamp.time(), stamp.nonce(), body), signature);
    }

    /** The signature of an answer.
     *
     *  @param nonce of the request */
    public static String signAnswer(SigningKey key, int status, String path, String nonce, byte[] body) {
        return Base64.getEncoder().encodeToString(key.sign(text(Integer.toString(status), path, "-", nonce, body)));
    }

    /** Whether that is the signature of the answer to the request with that nonce. */
    public static boolean isAnswerOf(SigningKey.Check key, int status, String path, String nonce, Signed answer) {
        return verify(key, text(Integer.toString(status), path, "-", nonce, answer.body()), answer.signature());
    }

    /** When a request was signed, and its nonce, as its headers say. */
    public record Stamp(String time, String nonce) {}

    /** A body, and the signature that its header says. */
    @SuppressWarnings("ArrayRecordComponent")      // bytes as they came; never compared
    public record Signed(byte[] body, String signature) {}

    private static boolean verify(SigningKey.Check key, byte[] text, String signature) {
        try {
            return key.verify(text, Base64.getDecoder().decode(signature));
        } catch (IllegalArgumentException e) {
            return false;   // not Base64: no signature
        }
    }

    private static byte[] text(String first, String path, String time, String nonce, byte[] body) {
        String digest = Base64.getEncoder().encodeToString(Sm3.digest(body));
        return String.join("\n", first, path, digest, time, nonce).getBytes(StandardCharsets.UTF_8);
    }
}
