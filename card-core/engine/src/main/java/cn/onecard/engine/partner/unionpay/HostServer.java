package cn.onecard.engine.partner.unionpay;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host on a socket of 127.0.0.1, a virtual thread a connection. */
public final class HostServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostServer.class);
    private static final int MAX_BYTES = 8_192;

    private final FaultyHost host;
    private final Duration lateness;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Begins to listen.
     *
     *  @param port 0: any free one
     *  @param lateness how late a late answer is */
    public HostServer(FaultyHost host, int port, Duration lateness) throws IOException {
        this.host = host;
        this.lateness = lateness;
        this.server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofVirtual().name("bank host").start(this::accept);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().name("bank call").start(() -> serve(socket));
            } catch (SocketException e) {
                LOG.debug("the bank host ends: {}", e.getMessage());
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
                    goesOn = answer(socket, host.take(frame.get()));
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
    private boolean answer(Socket socket, FaultyHost.Delivery delivery) throws IOException, InterruptedException {
        if (delivery.late() && closed.await(lateness.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        for (byte[] frame : delivery.frames()) {
            socket.getOutputStream().write(Framing.POS.wrap(frame));
        }
        return !delivery.frames().isEmpty();
    }
}
