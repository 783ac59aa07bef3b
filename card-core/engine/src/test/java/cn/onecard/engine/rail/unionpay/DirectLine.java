package cn.onecard.engine.rail.unionpay;

import cn.onecard.engine.partner.Delivery;
import cn.onecard.engine.partner.unionpay.FaultyHost;
import cn.onecard.engine.rail.line.HostLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** A line that is not there: frames go straight to the host, and an answer that is late does not come. Nobody waits. */
final class DirectLine implements HostLine {
    private final FaultyHost host;
    private KillPoint killPoint = new KillPoint(0);
    private boolean reachable = true;
    private int calls;

    DirectLine(FaultyHost host) {
        this.host = host;
    }

    void killAt(KillPoint point) {
        killPoint = point;
    }

    void reach(boolean whether) {
        reachable = whether;
    }

    int calls() {
        return calls;
    }

    @Override
    public Call connect() throws IOException {
        calls++;
        if (!reachable) {
            throw new IOException("unreachable");
        }
        return new DirectCall();
    }

    /** One connection. */
    private final class DirectCall implements Call {
        private final Queue<byte[]> come = new ArrayDeque<>();

        @Override
        public void send(byte[] frame) {
            killPoint.pass();
            Delivery delivery = host.take(ByteBuffer.wrap(frame));
            killPoint.pass();
            if (!delivery.late()) {
                come.addAll(delivery.answers());
            }
        }

        @Override
        public Optional<ByteBuffer> findNext(Duration patience) {
            return Optional.ofNullable(come.poll()).map(ByteBuffer::wrap);
        }

        @Override
        public void close() {
            come.clear();
        }
    }
}
