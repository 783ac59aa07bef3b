package cn.onecard.engine.order;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sixteen bytes that stand for what a request asks (请求摘要): the same key with another digest is a conflict.
 *
 *  @param high the first eight
 *  @param low the last eight */
public record RequestDigest(long high, long low) {
    /** Of the parts of a request, in order. Each goes in with its length, so that no two lists of parts look alike. */
    public static RequestDigest of(Object... parts) {
        return of(List.of(parts));
    }

    /** Of the parts of a request, in order. */
    public static RequestDigest of(List<?> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Object part : parts) {
            byte[] text = part.toString().getBytes(StandardCharsets.UTF_8);
            all.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            all.writeBytes(text);
        }
        return ofBytes(OrderId.sha256(all.toByteArray()));
    }

    /** The digest in the first 16 bytes. */
    static RequestDigest ofBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new RequestDigest(buffer.getLong(), buffer.getLong());
    }

    /** 16 bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }
}
