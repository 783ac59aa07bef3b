package cn.onecard.terminal.spool;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The little of a file system that the spool needs: one flat folder of named files. */
public interface SpoolDisk {
    /** The names of all files, in ascending order. */
    List<String> list() throws IOException;

    /** Makes a file of {@code bytes} zeros whose room is really taken on the disk, durable with its name.
     *
     *  @throws IOException if there is no room; then the file is not there */
    SpoolFile create(String name, int bytes) throws IOException;

    /** Opens a file that is there. */
    SpoolFile open(String name) throws IOException;

    /** Removes a file; one that is still open stays readable until it is closed. */
    void delete(String name) throws IOException;

    /** Puts a small file in place of the one of that name, if any: after a power cut there is the old or the new one. */
    void replace(String name, byte[] content) throws IOException;

    /** All bytes of a small file, or empty if there is none. */
    Optional<byte[]> find(String name) throws IOException;
}
