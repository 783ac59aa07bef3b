package cn.onecard.terminal.sim;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A chip put into a virtual reader of a real PC/SC service: a TCP client of the reader's port [1]. Put in by {@link
 *  #insert}, taken out by {@link #close()}, also in the middle of a command.
 *
 *  <pre>
 *  frame: length 2, big-endian | payload
 *  payload of one byte: 00 power off, 01 power on, 02 reset (no answer), 04 send the answer to reset
 *  any other payload: a command APDU, answered by the response APDU
 *  </pre>
 *  The reader's driver sends length and payload in two pieces and waits for an acknowledgement in between, which TCP delays
 *  by 40 ms unless quick acknowledgement is asked for before every read.
 *
 *  <p>[1] vsmartcard, vpcd protocol. */
public final class VpcdClient implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(VpcdClient.class);
    private static final int SEND_ATR = 4;

    private final VirtualDevice device;
    private final Socket socket;

    private VpcdClient(VirtualDevice device, Socket socket) {
        this.device = device;
        this.socket = socket;
    }

    /** Puts a chip into the reader that listens at a port of this machine, and serves it on a thread of its own. */
    public static VpcdClient insert(VirtualDevice device, int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.setTcpNoDelay(true);
        } catch (SocketException e) {
            socket.close();
            throw e;
        }
        device.reset();
        VpcdClient client = new VpcdClient(device, socket);
        Thread.ofPlatform().daemon().name("vpcd-" + port).start(client::serve);
        return client;
    }

    /** Whether the reader still holds the chip. */
    public boolean isInserted() {
        return !socket.isClosed();
    }

    private void serve() {
        try (socket; DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
            while (true) {
                socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
                byte[] message = new byte[in.readUnsignedShort()];
                in.readFully(message);
                if (message.length == 1 && message[0] != SEND_ATR) {
                    device.reset();
                    continue;
                }
                byte[] answer = message.length == 1 ? device.atr() : device.process(message);
                byte[] frame = new byte[2 + answer.length];
                frame[0] = (byte) (answer.length >>> 8);
                frame[1] = (byte) answer.length;
                System.arraycopy(answer, 0, frame, 2, answer.length);
                socket.getOutputStream().write(frame);
            }
        } catch (EOFException | SocketException end) {
            LOG.debug("the chip left the reader: {}", end.getMessage());
        } catch (IOException e) {
            LOG.warn("the chip lost its reader: {}", e.getMessage());
        } finally {
            device.reset();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
