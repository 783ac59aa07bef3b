package cn.onecard.engine.rail.nhsa;

import cn.onecard.engine.key.SigningKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** How the messages of a link are signed: our key, and the other side's. What is signed is the number of the request, a line feed,
 *  and the message, so that an answer to somebody else's request is not taken for ours. It travels in the HTTP header
 *  {@link #HEADER}, in Base64. A link without signatures has no {@code LinkSignature}.
 *
 *  @param own signs what we send
 *  @param theirs checks what comes */
public record LinkSignature(SigningKey own, SigningKey.Check theirs) {
    /** Where the signature stands. */
    public static final String HEADER = "X-Onecard-Signature";

    /** The signature of a message. */
    public String sign(MessageId request, byte[] message) {
        return Base64.getEncoder().encodeToString(own.sign(text(request, message)));
    }

    /** Whether that is the signature of a message. */
    public boolean verify(MessageId request, byte[] message, Optional<String> signature) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(signature.orElse(""));
        } catch (IllegalArgumentException e) {
            return false;
        }
        return theirs.verify(text(request, message), bytes);
    }

    private static byte[] text(MessageId request, byte[] message) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes((request.value() + "\n").getBytes(StandardCharsets.US_ASCII));
        text.writeBytes(message);
        return text.toByteArray();
    }
}
