package cn.onecard.engine.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The key that webhooks are signed with: that of the core's certificate, which callers trust by its authority. EC P-256; the key
 *  does not come out. */
public final class WebhookKey {
    private final PrivateKey key;

    private WebhookKey(PrivateKey key) {
        this.key = key;
    }

    /** The key in a PEM file, PKCS #8.
     *
     *  @throws IOException if there is none that can be read */
    public static WebhookKey read(Path pem) throws IOException {
        String text = Files.readString(pem, StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----", "");
        try {
            return new WebhookKey(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text))));
        } catch (GeneralSecurityException e) {
            throw new IOException(pem + " is no EC key in PKCS #8", e);
        }
    }

    /** A signature of 64 bytes: r and s (RFC 9421, ecdsa-p256-sha256). */
    byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a webhook was not signed", e);
        }
    }
}
