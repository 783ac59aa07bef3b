package cn.onecard.engine.key;

import cn.onecard.purse.PurseCrypto;
import cn.onecard.vocabulary.Algorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The master keys in a file, sealed by a pass phrase that lies in another file.
 *
 *  <pre>
 *  ONECARD-KEYS 1 demo=true kdf=PBKDF2WithHmacSHA256 iterations=600000 salt=(32 hex) nonce=(24 hex) LF
 *  (AES-256-GCM of the key lines, with the line above as associated data; 16 bytes tag at the end)
 *
 *  key line:  usage,version,algorithm,(32 hex) LF
 *  </pre>
 *  A wrong pass phrase and a changed byte, of the header as of the keys, cannot be told apart and are both refused. */
public final class SealedKeyFile {
    private static final int ITERATIONS = 600_000;
    private static final int MAX_ITERATIONS = 10_000_000;
    private static final int TAG_BITS = 128;
    private static final Pattern HEADER = Pattern.compile(
            "ONECARD-KEYS 1 demo=(true|false) kdf=PBKDF2WithHmacSHA256 iterations=(\\d{1,8}) salt=([0-9a-f]{32}) nonce=([0-9a-f]{24})\n");

    private SealedKeyFile() {}

    /** Seals a ring into a file (mode 600). */
    public static void write(Path file, KeyRing ring, char[] pass) throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] salt = new byte[16];
        byte[] nonce = new byte[12];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        HexFormat hex = HexFormat.of();
        byte[] header = ("ONECARD-KEYS 1 demo=" + ring.isDemo() + " kdf=PBKDF2WithHmacSHA256 iterations=" + ITERATIONS
                + " salt=" + hex.formatHex(salt) + " nonce=" + hex.formatHex(nonce) + "\n").getBytes(StandardCharsets.US_ASCII);
        StringBuilder lines = new StringBuilder();
        for (KeyId id : ring.listIds()) {
            lines.append(id.usage()).append(',').append(id.version()).append(',').append(id.algorithm()).append(',')
                    .append(hex.formatHex(ring.master(id))).append('\n');
        }
        byte[] plain = lines.toString().getBytes(StandardCharsets.US_ASCII);
        try {
            byte[] sealed = gcm(Cipher.ENCRYPT_MODE, key(pass, salt, ITERATIONS), nonce, header).doFinal(plain);
            byte[] whole = Arrays.copyOf(header, header.length + sealed.length);
            System.arraycopy(sealed, 0, whole, header.length, sealed.length);
            PrivateFile.write(file, whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot seal keys", e);
        }
    }

    /** Opens a file.
     *
     *  @throws KeysUnavailable if there is none, or it does not open, saying which */
    public static KeyRing read(Path file, char[] pass) {
        byte[] whole = bytes(file);
        int end = 0;
        while (end < whole.length && whole[end] != '\n') {
            end++;
        }
        byte[] header = Arrays.copyOf(whole, Math.min(end + 1, whole.length));
        Matcher fields = HEADER.matcher(new String(header, StandardCharsets.ISO_8859_1));
        if (!fields.matches()) {
            throw new KeysUnavailable(file + " is not a key file of this version");
        }
        int iterations = Integer.parseInt(fields.group(2));
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new KeysUnavailable(file + " asks for " + iterations + " iterations");
        }
        HexFormat hex = HexFormat.of();
        try {
            SecretKey key = key(pass, hex.parseHex(fields.group(3)), iterations);
            byte[] plain = gcm(Cipher.DECRYPT_MODE, key, hex.parseHex(fields.group(4)), header)
                    .doFinal(whole, header.length, whole.length - header.length);
            return new KeyRing(Boolean.parseBoolean(fields.group(1)), parse(new String(plain, StandardCharsets.US_ASCII)));
        } catch (AEADBadTagException e) {
            throw new KeysUnavailable(file + " does not open: the pass phrase is wrong or the file was changed", e);
        } catch (GeneralSecurityException e) {
            throw new KeysUnavailable(file + " does not open: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new KeysUnavailable("there is no key file " + file, e);
        } catch (IOException e) {
            throw new KeysUnavailable("the key file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<KeyId, byte[]> parse(String lines) {
        Map<KeyId, byte[]> masters = new TreeMap<>();
        lines.lines().forEach(line -> {
            String[] f = line.split(",", -1);
            byte[] master = HexFormat.of().parseHex(f[3]);
            if (master.length != PurseCrypto.KEY_BYTES) {
                throw new KeysUnavailable("a sealed key has " + master.length + " bytes, not 16");
            }
            masters.put(new KeyId(KeyUsage.valueOf(f[0]), Integer.parseInt(f[1]), Algorithm.valueOf(f[2])), master);
        });
        return masters;
    }

    private static SecretKey key(char[] pass, byte[] salt, int iterations) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(pass, salt, iterations, 256);
        return new SecretKeySpec(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded(), "AES");
    }

    private static Cipher gcm(int mode, SecretKey key, byte[] nonce, byte[] header) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header);
        return cipher;
    }
}
