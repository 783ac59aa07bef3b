package cn.onecard.engine.key;

import org.bouncycastle.crypto.digests.SM3Digest;

/** The digest SM3 (GB/T 32905), 32 bytes. */
public final class Sm3 {
    private Sm3() {}

    /** The digest of bytes. */
    public static byte[] digest(byte[] bytes) {
        SM3Digest digest = new SM3Digest();
        digest.update(bytes, 0, bytes.length);
        byte[] result = new byte[digest.getDigestSize()];
        digest.doFinal(result, 0);
        return result;
    }
}
