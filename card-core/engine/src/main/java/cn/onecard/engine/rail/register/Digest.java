package cn.onecard.engine.rail.register;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Sixteen bytes that stand for what a till said: the same key with another digest is a conflict. Every part goes in with its
 *  length, so that no two lists of parts look alike. */
final class Digest {
    private static final int BYTES = 16;

    private final MessageDigest sha256;

    Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    Digest add(Object... parts) {
        for (Object part : parts) {
            byte[] text = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
            sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            sha256.update(text);
        }
        return this;
    }

    byte[] bytes() {
        return Arrays.copyOf(sha256.digest(), BYTES);
    }
}
