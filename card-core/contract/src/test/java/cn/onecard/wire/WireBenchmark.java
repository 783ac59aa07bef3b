package cn.onecard.wire;

import cn.onecard.wire.proto.Tap;
import cn.onecard.wire.proto.TapBatch;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to write and read a tap. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WireBenchmark {
    private static final int TAPS = 500;

    private final TapFrame[] frames = new TapFrame[TAPS];
    private final Tap[] messages = new Tap[TAPS];
    private byte[] batch = {};      // written by make()
    private int next;       // written by tap()

    /** Makes the taps. */
    @Setup
    public void make() {
        Random random = new Random(1);
        TapBatch.Builder whole = TapBatch.newBuilder().setBatchNo(1);
        for (int i = 0; i < TAPS; i++) {
            frames[i] = SampleTaps.random(random);
            messages[i] = TapCodec.toProto(frames[i]);
            whole.addTaps(messages[i]);
        }
        batch = whole.build().toByteArray();
    }

    /** The message for a frame. */
    @Benchmark
    public Tap toProto() {
        return TapCodec.toProto(frames[tap()]);
    }

    /** The frame in a message that is parsed already. */
    @Benchmark
    public TapFrame fromProto() {
        return TapCodec.fromProto(messages[tap()]);
    }

    /** The digest that tells one content from another. */
    @Benchmark
    public byte[] digest() {
        return frames[tap()].digest();
    }

    /** Bytes to frames, a tap of a batch of 500. */
    @Benchmark
    @OperationsPerInvocation(TAPS)
    public void decodeBatchOf500(Blackhole sink) throws InvalidProtocolBufferException {
        for (Tap message : TapBatch.parseFrom(batch).getTapsList()) {
            sink.consume(TapCodec.fromProto(message));
        }
    }

    private int tap() {
        next = (next + 1) % TAPS;
        return next;
    }
}
