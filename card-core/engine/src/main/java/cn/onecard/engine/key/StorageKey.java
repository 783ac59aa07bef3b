package cn.onecard.engine.key;

import cn.onecard.vocabulary.Algorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** The key that something sensitive is enciphered with where it is kept: SM4 in GCM. Each purpose has a key of its own, derived from
 *  the master of usage {@link KeyUsage#STORAGE}. Thread-safe; the key does not come out.
 *
 *  <pre>
 *  nonce(12) | cipher text | tag(16)
 *  </pre>
 *  What the sealed bytes belong to, for instance the key of their row, is authenticated with them: moved to another row they
 *  do not open. */
public final class StorageKey {
    private static final int KEY_BYTES = 16;
    private static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final byte[] key;
    private final SecureRandom random = new SecureRandom();

    private StorageKey(byte[] key) {
        this.key = key;
    }

    /** The key of a purpose.
     *
     *  @param version of the master
     *  @param purpose for instance {@code bank}
     *  @throws KeysUnavailable if the ring has no such master */
    public static StorageKey of(KeyRing ring, int version, String purpose) {
        KeyId id = new KeyId(KeyUsage.STORAGE, version, Algorithm.SM4);
        if (!ring.has(id)) {
            throw new KeysUnavailable("there is no key " + id);
        }
        return new StorageKey(Arrays.copyOf(hmac(ring.master(id), purpose.getBytes(StandardCharsets.UTF_8)), KEY_BYTES));
    }

    /** Bytes enciphered.
     *
     *  @param owner what they belong to */
    public byte[] seal(byte[] plain, byte[] owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] text = gcm(true, nonce, owner, plain, 0);
            byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + text.length);
            System.arraycopy(text, 0, sealed, NONCE_BYTES, text.length);
            return sealed;
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("bytes were not sealed", e);
        }
    }

    /** Sealed bytes deciphered.
     *
     *  @param owner what they belong to
     *  @throws KeysUnavailable if they were sealed for another owner, under another key, or changed */
    public byte[] open(byte[] sealed, byte[] owner) {
        if (sealed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            throw new KeysUnavailable("sealed bytes are too short");
        }
        try {
            return gcm(false, Arrays.copyOf(sealed, NONCE_BYTES), owner, sealed, NONCE_BYTES);
        } catch (InvalidCipherTextException e) {
            throw new KeysUnavailable("sealed bytes do not open: another key, another owner, or they were changed", e);
        }
    }

    /** Sixteen bytes by which something that is kept sealed is found again: the same for the same bytes, and without the key
     *  nobody can tell which. */
    public byte[] tag(byte[] plain) {
        return Arrays.copyOf(hmac(key, plain), TAG_BYTES);
    }

    private static byte[] hmac(byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private byte[] gcm(boolean seal, byte[] nonce, byte[] owner, byte[] in, int from) throws InvalidCipherTextException {
        GCMModeCipher cipher = GCMBlockCipher.newInstance(new SM4Engine());
        cipher.init(seal, new AEADParameters(new KeyParameter(key), TAG_BITS, nonce, owner));
        byte[] out = new byte[cipher.getOutputSize(in.length - from)];
        int done = cipher.processBytes(in, from, in.length - from, out, 0);
        cipher.doFinal(out, done);
        return out;
    }

    @Override
    public String toString() {
        return "storage key";
    }
}
