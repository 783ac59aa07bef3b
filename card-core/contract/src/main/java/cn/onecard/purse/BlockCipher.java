package cn.onecard.purse;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.params.KeyParameter;

/** One keyed block cipher in encrypting direction. Not thread-safe unless it says so.
 *
 *  <p>DES and 3DES for a few blocks come from the JDK, which sets up a new key five times faster than Bouncy Castle does; SM4 is not in the
 *  JDK and comes from Bouncy Castle. Keys go through {@link SecretKeySpec}, which accepts weak keys: the published vector
 *  V5 has the all-zero TAC key. */
abstract sealed class BlockCipher {
    /** Block length in bytes. */
    abstract int blockBytes();

    /** Encrypts one block in place.
     *
     *  @param block exactly one block */
    abstract void encrypt(byte[] block);

    /** Single DES under an 8-byte key. */
    static BlockCipher des(byte[] key8) {
        return new Jce("DES", key8);
    }

    /** Single DES under an 8-byte key that is used many times: slower to set up than {@link #des}, faster a block, and
     *  thread-safe once it is published safely, for the engine writes nothing after its set-up. */
    static BlockCipher scheduledDes(byte[] key8) {
        return new ScheduledDes(key8);
    }

    /** Two-key triple DES, K_L K_R K_L, under a 16-byte key. */
    static BlockCipher tdes(byte[] key16) {
        byte[] key24 = new byte[24];
        System.arraycopy(key16, 0, key24, 0, 16);
        System.arraycopy(key16, 0, key24, 16, 8);
        return new Jce("DESede", key24);
    }

    /** SM4 under a 16-byte key. */
    static BlockCipher sm4(byte[] key16) {
        return new Sm4(key16);
    }

    /** A cipher of the JDK in ECB mode without padding. */
    private static final class Jce extends BlockCipher {
        private final Cipher cipher;

        private Jce(String algorithm, byte[] key) {
            try {
                cipher = Cipher.getInstance(algorithm + "/ECB/NoPadding");
                cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, algorithm));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the JDK refuses " + algorithm, e);
            }
        }

        @Override
        int blockBytes() {
            return 8;
        }

        @Override
        void encrypt(byte[] block) {
            try {
                cipher.update(block, 0, 8, block, 0);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("one block did not encrypt", e);
            }
        }
    }

    /** DES by Bouncy Castle, which takes a third of the JDK's time a block. */
    private static final class ScheduledDes extends BlockCipher {
        private final DESEngine engine = new DESEngine();

        private ScheduledDes(byte[] key) {
            engine.init(true, new KeyParameter(key));
        }

        @Override
        int blockBytes() {
            return 8;
        }

        @Override
        void encrypt(byte[] block) {
            engine.processBlock(block, 0, block, 0);
        }
    }

    /** SM4 by Bouncy Castle. */
    private static final class Sm4 extends BlockCipher {
        private final SM4Engine engine = new SM4Engine();

        private Sm4(byte[] key) {
            engine.init(true, new KeyParameter(key));
        }

        @Override
        int blockBytes() {
            return 16;
        }

        @Override
        void encrypt(byte[] block) {
            engine.processBlock(block, 0, block, 0);
        }
    }
}
