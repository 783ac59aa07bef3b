package cn.onecard.engine.key;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.params.KeyParameter;

/** One key of a block cipher, in both directions, block by block. Thread-safe; {@link #toString()} shows no key. */
final class BlockKey {
    /** How many bytes of a block of zeros tell a key. */
    static final int CHECK_BYTES = 4;

    /** The ciphers of bank links. */
    enum Form {
        /** Single DES, 8 bytes. */
        DES(8, 8),
        /** Two-key triple DES, 16 bytes. */
        TDES(16, 8),
        /** SM4, 16 bytes. */
        SM4(16, 16);

        private final int keyBytes;
        private final int blockBytes;

        Form(int keyBytes, int blockBytes) {
            this.keyBytes = keyBytes;
            this.blockBytes = blockBytes;
        }

        int keyBytes() {
            return keyBytes;
        }

        int blockBytes() {
            return blockBytes;
        }
    }

    private final Form form;
    private final byte[] key;

    BlockKey(Form form, byte[] key) {
        if (key.length != form.keyBytes) {
            throw new IllegalArgumentException("a key of " + form + " has " + form.keyBytes + " bytes, not " + key.length);
        }
        this.form = form;
        this.key = key.clone();
    }

    Form form() {
        return form;
    }

    /** Blocks enciphered one by one (ECB).
     *
     *  @param blocks whole blocks */
    byte[] encrypt(byte[] blocks) {
        return ecb(true, blocks);
    }

    /** Blocks deciphered one by one (ECB).
     *
     *  @param blocks whole blocks */
    byte[] decrypt(byte[] blocks) {
        return ecb(false, blocks);
    }

    /** A single-DES key of one half of a double-length key. */
    BlockKey half(int which) {
        return new BlockKey(Form.DES, Arrays.copyOfRange(key, 8 * which, 8 * which + 8));
    }

    /** What another key is on the wire under this one. */
    byte[] wrap(BlockKey other) {
        return encrypt(other.key);
    }

    /** The key check value: the first four bytes of a block of zeros under the key. */
    byte[] checkValue() {
        return Arrays.copyOf(encrypt(new byte[form.blockBytes]), CHECK_BYTES);
    }

    private byte[] ecb(boolean forward, byte[] blocks) {
        if (blocks.length % form.blockBytes != 0) {
            throw new IllegalArgumentException("blocks of " + form.blockBytes + " bytes, not " + blocks.length + " bytes");
        }
        return switch (form) {
            case DES -> jce("DES", key, forward, blocks);
            case TDES -> {
                byte[] key24 = Arrays.copyOf(key, 24);
                System.arraycopy(key, 0, key24, 16, 8);
                yield jce("DESede", key24, forward, blocks);
            }
            case SM4 -> {
                SM4Engine engine = new SM4Engine();
                engine.init(forward, new KeyParameter(key));
                byte[] result = new byte[blocks.length];
                for (int at = 0; at < blocks.length; at += form.blockBytes) {
                    engine.processBlock(blocks, at, result, at);
                }
                yield result;
            }
        };
    }

    private static byte[] jce(String cipherName, byte[] keyBytes, boolean forward, byte[] blocks) {
        try {
            Cipher cipher = Cipher.getInstance(cipherName + "/ECB/NoPadding");
            cipher.init(forward ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, new SecretKeySpec(keyBytes, cipherName));
            return cipher.doFinal(blocks);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK refuses " + cipherName, e);
        }
    }

    @Override
    public String toString() {
        return form.toString();
    }
}
