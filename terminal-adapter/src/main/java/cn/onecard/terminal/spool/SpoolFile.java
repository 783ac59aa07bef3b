package cn.onecard.terminal.spool;

import java.io.IOException;

/** One open file of the spool. Safe for use by several threads. */
public interface SpoolFile extends AutoCloseable {
    /** Length in bytes. */
    int length() throws IOException;

    /** Up to {@code count} bytes from an offset on; fewer at the end of the file. */
    byte[] read(int offset, int count) throws IOException;

    /** Writes over what is there, and beyond the end. Durable only after {@link #force()}. */
    void write(int offset, byte[] bytes) throws IOException;

    /** Makes everything written before this call durable. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
}
