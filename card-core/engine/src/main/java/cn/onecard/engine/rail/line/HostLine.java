package cn.onecard.engine.rail.line;

import cn.onecard.engine.rail.line.HostLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** The way to the host. */
public interface HostLine {
    /** A connection for one request and its answer.
     *
     *  @throws IOException if there is none: nothing has left */
    Call connect() throws IOException;

    /** One connection. */
    interface Call extends AutoCloseable {
        /** Sends a frame. When it throws, the frame may have left or not.
         *
         *  @param frame without its length */
        void send(byte[] frame) throws IOException;

        /** The next frame that comes, without its length.
         *
         *  @param patience how long it is waited for
         *  @return empty if none has come, or the connection has ended
         *  @throws cn.onecard.engine.rail.iso8583.MalformedMessage if what comes is no frame */
        Optional<ByteBuffer> findNext(Duration patience);

        @Override
        void close();
    }
}
