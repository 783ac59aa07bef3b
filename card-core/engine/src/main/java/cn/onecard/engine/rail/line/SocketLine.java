package cn.onecard.engine.rail.line;

import cn.onecard.engine.rail.iso8583.Framing;
import cn.onecard.engine.rail.line.HostLine;
import cn.onecard.engine.rail.line.SocketLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** The way to the host over TCP, a connection a call (短连接): what was late for one call can never be taken for the answer of
 *  another, and a connection that could not be opened is known to have carried nothing. */
public final class SocketLine implements HostLine {
    private final InetSocketAddress host;
    private final Framing framing;
    private final Duration connectPatience;

    public SocketLine(InetSocketAddress host, Framing framing, Duration connectPatience) {
        this.host = host;
        this.framing = framing;
        this.connectPatience = connectPatience;
    }

    @Override
    public Call connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(host, Math.toIntExact(connectPatience.toMillis()));
            return new SocketCall(socket, framing, socket.getInputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** One connection. */
    private static final class SocketCall implements Call {
        private static final int MAX_FRAME = 16 * 1024;

        private final Socket socket;
        private final Framing framing;
        private final InputStream in;
        /** What has come and is not read yet, from 0 to its position. */
        private final ByteBuffer come = ByteBuffer.allocate(MAX_FRAME);

        private SocketCall(Socket socket, Framing framing, InputStream in) {
            this.socket = socket;
            this.framing = framing;
            this.in = in;
        }

        @Override
        public void send(byte[] frame) throws IOException {
            socket.getOutputStream().write(framing.wrap(frame));
        }

        @Override
        public Optional<ByteBuffer> findNext(Duration patience) {
            long deadline = System.nanoTime() + patience.toNanos();
            try {
                while (true) {
                    Optional<ByteBuffer> frame = take();
                    long leftMillis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                    if (frame.isPresent() || leftMillis <= 0) {
                        return frame;
                    }
                    socket.setSoTimeout(Math.toIntExact(leftMillis));
                    int read = in.read(come.array(), come.position(), come.remaining());
                    if (read < 0) {
                        return Optional.empty();
                    }
                    come.position(come.position() + read);
                }
            } catch (IOException e) {
                return Optional.empty();    // time is up, or the connection broke: to the caller both say nothing
            }
        }

        private Optional<ByteBuffer> take() {
            come.flip();
            try {
                return framing.findNext(come).map(frame -> {
                    byte[] own = new byte[frame.remaining()];
                    frame.get(own);
                    return ByteBuffer.wrap(own);
                });
            } finally {
                come.compact();
            }
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a socket did not close", e);
            }
        }
    }
}
