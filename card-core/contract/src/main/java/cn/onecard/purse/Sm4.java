package cn.onecard.purse;

import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.params.KeyParameter;

/** SM4 under one key (GB/T 32907), by Bouncy Castle. Not thread-safe. */
final class Sm4 {
    /** Block length in bytes. */
    static final int BLOCK_BYTES = 16;

    private final SM4Engine engine = new SM4Engine();

    /** @param key 16 bytes */
    Sm4(byte[] key) {
        engine.init(true, new KeyParameter(key));
    }

    /** Encrypts one block of 16 bytes in place. */
    void encrypt(byte[] block) {
        engine.processBlock(block, 0, block, 0);
    }
}
