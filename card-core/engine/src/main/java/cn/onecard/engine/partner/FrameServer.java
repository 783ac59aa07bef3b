package cn.onecard.engine.partner;

import cn.onecard.engine.partner.FrameServer;
import cn.onecard.engine.rail.iso8583.Framing;
import cn.onecard.engine.rail.iso8583.MalformedMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A partner on a socket of 127.0.0.1, a virtual thread a connection. */
public final class FrameServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FrameServer.class);
    private static final int MAX_BYTES = 8_192;

    private final Function<ByteBuffer, Delivery> host;
    private final Duration lateness;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread acceptor;

    /** Begins to listen.
     *
     *  @param host takes a frame, without its length, and says what goes back
     *  @param port 0: any free one
     *  @param lateness how late a late answer is */
    public FrameServer(Function<ByteBuffer, Delivery> host, int port, Duration lateness) throws IOException {
        this.host = host;
        this.lateness = lateness;
        this.server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        this.acceptor = Thread.ofVirtual().name("partner").start(this::accept);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        try {
            acceptor.join();        // a call that came just now is in the set then
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().name("partner call").start(() -> serve(socket));
            } catch (SocketException e) {
                LOG.debug("the partner ends: {}", e.getMessage());
            } catch (IOException e) {
                LOG.warn("a call did not come about: {}", e.getMessage());
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            ByteBuffer come = ByteBuffer.allocate(MAX_BYTES);
            InputStream in = socket.getInputStream();
            boolean goesOn = true;
            while (goesOn) {
                int read = in.read(come.array(), come.position(), come.remaining());
                if (read < 0) {
                    return;
                }
                come.position(come.position() + read).flip();
                for (Optional<ByteBuffer> frame = Framing.POS.findNext(come); goesOn && frame.isPresent(); frame = Framing.POS.findNext(come)) {
                    goesOn = answer(socket, host.apply(frame.get()));
                }
                come.compact();
            }
        } catch (IOException | MalformedMessage e) {
            LOG.debug("a call ended: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    /** Sends what goes back.
     *
     *  @return whether the connection stays */
    private boolean answer(Socket socket, Delivery delivery) throws IOException, InterruptedException {
        if (delivery.late() && closed.await(lateness.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        for (byte[] frame : delivery.answers()) {
            socket.getOutputStream().write(Framing.POS.wrap(frame));
        }
        return !delivery.answers().isEmpty();
    }
}
