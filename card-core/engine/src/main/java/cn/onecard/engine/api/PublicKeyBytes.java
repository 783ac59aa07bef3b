package cn.onecard.engine.api;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** An Ed25519 public key (RFC 8032), written as 64 hexadecimal digits.
 *
 *  @param hex lower case */
public record PublicKeyBytes(String hex) {
    private static final int BYTES = 32;
    /** SubjectPublicKeyInfo of Ed25519 up to the key itself (RFC 8410). */
    private static final String HEAD = "302a300506032b6570032100";

    public PublicKeyBytes {
        if (hex.length() != 2 * BYTES || !hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            throw new IllegalArgumentException("an Ed25519 public key has 64 hexadecimal digits in lower case");
        }
    }

    /** Those of a key of the JDK's.
     *
     *  @param key an Ed25519 key */
    public static PublicKeyBytes of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return ofBytes(Arrays.copyOfRange(encoded, encoded.length - BYTES, encoded.length));
    }

    static PublicKeyBytes ofBytes(byte[] bytes) {
        return new PublicKeyBytes(HexFormat.of().formatHex(bytes));
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** Whether that key made a signature over a text. */
    boolean verifies(byte[] text, byte[] signature) {
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(HEAD + hex)));
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(text);
            return check.verify(signature);
        } catch (GeneralSecurityException notOnTheCurve) {
            return false;
        }
    }
}
