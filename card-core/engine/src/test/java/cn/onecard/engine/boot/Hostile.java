package cn.onecard.engine.boot;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Calls as nobody should make them, from a seed: fields at their limits and beyond, bits turned, ends cut off, and plain noise. */
final class Hostile {
    private static final long[] NUMBERS = {0, 1, -1, 9, 255, 256, 65_535, 65_536, 86_401, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL, 1L << 48, Long.MAX_VALUE, Long.MIN_VALUE};
    private static final List<String> TEXTS = List.of("", " ", "a b", "\0", "钥匙", "k".repeat(64), "k".repeat(65), "k".repeat(5_000), "house:load", "'; DROP TABLE pay_order");

    private final Random random;
    private final List<Good> good;

    Hostile(long seed, List<Good> good) {
        this.random = new Random(seed);
        this.good = good;
    }

    /** A message in range, and the call that takes it. */
    record Good(ServiceMethod<?, ?> method, Message message) {}

    /** Bytes, and the call that they are sent to. */
    record Call(ServiceMethod<Buffer, Buffer> method, Buffer bytes) {}

    static <Q extends Message> Good of(ServiceMethod<?, Q> method, Q message) {
        return new Good(method, message);
    }

    /** The next call. */
    Call next() {
        Good one = good.get(random.nextInt(good.size()));
        byte[] bytes = one.message().toByteArray();
        ServiceMethod<Buffer, Buffer> method = ServiceMethod.client(one.method().serviceName(), one.method().methodName(), GrpcMessageEncoder.IDENTITY,
                GrpcMessageDecoder.IDENTITY);
        return new Call(method, Buffer.buffer(switch (random.nextInt(8)) {
            case 0 -> noise(random.nextInt(200));
            case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 2 -> turned(bytes, 1 + random.nextInt(8));
            case 3 -> good.get(random.nextInt(good.size())).message().toByteArray();
            default -> spoiled(one.message()).toByteArray();
        }));
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] turned(byte[] bytes, int bits) {
        for (int i = 0; i < bits; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    /** With one field or two that say something else. */
    private Message spoiled(Message message) {
        List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
        Message.Builder spoiled = message.toBuilder();
        for (int i = random.nextInt(2); i < 2; i++) {
            FieldDescriptor field = fields.get(random.nextInt(fields.size()));
            long number = NUMBERS[random.nextInt(NUMBERS.length)];
            spoiled.setField(field, switch (field.getJavaType()) {
                case INT -> (int) number;
                case LONG -> number;
                case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
                case BYTE_STRING -> ByteString.copyFrom(noise(random.nextInt(3) == 0 ? 10 : random.nextInt(300)));
                case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown((int) number);
                case BOOLEAN, FLOAT, DOUBLE, MESSAGE -> throw new IllegalStateException("the contract has no such field: " + field);
            });
        }
        return spoiled.build();
    }
}
