package cn.onecard.engine.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of secret lines under a seal (mode 600).
 *
 *  <pre>
 *  TITLE seal=NAME nonce=(24 hex) LF
 *  (AES-256-GCM of the lines, with the line above as associated data; 16 bytes tag at the end)
 *  </pre>
 *  In files of version 1 the seal is always a pass phrase, and stands there as
 *  {@code kdf=PBKDF2WithHmacSHA256 iterations=600000 salt=(32 hex)}. What opens with another key and what was changed, in the header or
 *  in the lines, cannot be told apart, and both are refused. */
final class SealedFile {
    private static final int NONCE_BYTES = 12;
    private static final Pattern HEADER = Pattern.compile(
            "([A-Z-]+ [12](?: demo=(?:true|false))?) (?:seal=(\\S+)|kdf=PBKDF2WithHmacSHA256 iterations=(\\d{1,8}) salt=([0-9a-f]{32})) nonce=([0-9a-f]{24})\n");

    private final String title;
    private final Seal seal;
    private final String lines;

    private SealedFile(String title, Seal seal, String lines) {
        this.title = title;
        this.seal = seal;
        this.lines = lines;
    }

    /** Writes a file, whole or not at all. */
    static void write(Path file, String title, String lines, Seal seal) throws IOException {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        byte[] header = (title + " seal=" + seal.name() + " nonce=" + HexFormat.of().formatHex(nonce) + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] plain = lines.getBytes(StandardCharsets.US_ASCII);
        try {
            byte[] sealed = seal.apply(false, nonce, header, plain);
            byte[] whole = Arrays.copyOf(header, header.length + sealed.length);
            System.arraycopy(sealed, 0, whole, header.length, sealed.length);
            PrivateFile.write(file, whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot seal keys", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** Opens a file.
     *
     *  @param seals finds a seal by its name
     *  @throws KeysUnavailable if there is none, or it does not open, saying which */
    static SealedFile read(Path file, Function<String, Seal> seals) {
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
        String name = fields.group(2) != null ? fields.group(2) : PassSeal.name(Integer.parseInt(fields.group(3)), fields.group(4));
        try {
            Seal seal = seals.apply(name);
            byte[] plain = seal.apply(true, HexFormat.of().parseHex(fields.group(5)), header, Arrays.copyOfRange(whole, header.length, whole.length));
            String lines = new String(plain, StandardCharsets.US_ASCII);
            Arrays.fill(plain, (byte) 0);
            return new SealedFile(fields.group(1), seal, lines);
        } catch (KeysUnavailable e) {
            throw new KeysUnavailable(file + " does not open: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new KeysUnavailable(file + " does not open: the pass phrase is wrong or the file was changed", e);
        }
    }

    String title() {
        return title;
    }

    /** To seal it again with. */
    Seal seal() {
        return seal;
    }

    String lines() {
        return lines;
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
}
