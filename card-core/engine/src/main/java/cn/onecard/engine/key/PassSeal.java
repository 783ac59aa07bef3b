package cn.onecard.engine.key;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** A seal under a pass phrase, named {@code PBKDF2WithHmacSHA256:iterations:salt(32 hex)}. */
final class PassSeal implements Seal {
    private static final String KDF = "PBKDF2WithHmacSHA256";
    private static final int ITERATIONS = 600_000;
    private static final int MAX_ITERATIONS = 10_000_000;
    private static final Pattern NAME = Pattern.compile(KDF + ":(\\d{1,8}):([0-9a-f]{32})");

    private final String name;
    private final SecretKey key;

    private PassSeal(String name, SecretKey key) {
        this.name = name;
        this.key = key;
    }

    /** A seal that was never used. */
    static PassSeal fresh(char[] pass) {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        return of(name(ITERATIONS, HexFormat.of().formatHex(salt)), pass);
    }

    /** The seal of that name under a pass phrase, the right one or another.
     *
     *  @throws KeysUnavailable if there is no such seal */
    static PassSeal of(String name, char[] pass) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new KeysUnavailable("sealed by " + name + ", which is no pass phrase");
        }
        int iterations = Integer.parseInt(parts.group(1));
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new KeysUnavailable("the seal asks for " + iterations + " iterations");
        }
        PBEKeySpec spec = new PBEKeySpec(pass, HexFormat.of().parseHex(parts.group(2)), iterations, 256);
        try {
            return new PassSeal(name, new SecretKeySpec(SecretKeyFactory.getInstance(KDF).generateSecret(spec).getEncoded(), "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + KDF, e);
        } finally {
            spec.clearPassword();
        }
    }

    static String name(int iterations, String salt) {
        return KDF + ':' + iterations + ':' + salt;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte[] apply(boolean open, byte[] nonce, byte[] header, byte[] text) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(open ? Cipher.DECRYPT_MODE : Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header);
        return cipher.doFinal(text);
    }

    @Override
    public String toString() {
        return name;
    }
}
