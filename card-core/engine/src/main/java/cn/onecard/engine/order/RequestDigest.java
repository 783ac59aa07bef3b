package cn.onecard.engine.order;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Sixteen bytes that stand for what a request asks (请求摘要): the same key with another digest is a conflict.
 *
 *  @param high the first eight
 *  @param low the last eight */
record RequestDigest(long high, long low) {
    /** Of the parts of a request, in order. None contains the byte 0x00. */
    static RequestDigest of(Object... parts) {
        String text = Arrays.stream(parts).map(String::valueOf).collect(Collectors.joining("\0"));
        return ofBytes(OrderId.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The digest in the first 16 bytes. */
    static RequestDigest ofBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new RequestDigest(buffer.getLong(), buffer.getLong());
    }

    /** 16 bytes. */
    byte[] bytes() {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }
}
