package cn.onecard.terminal.hotlist;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** A hotlist in a file. It is written beside the old one, forced to the disk and then put in its place, so that a power cut leaves the one or
 *  the other.
 *
 *  <pre>
 *  4  "OCHL"
 *  8  version
 *  4  number of groups, then of each:
 *     4  first four digits of its cards as BCD
 *     4  number of cards, then of each:
 *        8  the other sixteen digits as a number times 256, and the reason
 *  4  CRC-32C of all before
 *  </pre> */
public final class HotlistFile {
    private static final int MAGIC = 0x4F43_484C;
    private static final int HEAD_BYTES = 16;

    private final Path file;

    public HotlistFile(Path file) {
        this.file = file;
    }

    /** Keeps a list. */
    public void write(Hotlist list) throws IOException {
        SortedMap<Integer, long[]> groups = list.groups();
        int size = HEAD_BYTES + groups.values().stream().mapToInt(group -> 2 * Integer.BYTES + Long.BYTES * group.length).sum() + Integer.BYTES;
        ByteBuffer bytes = ByteBuffer.allocate(size).putInt(MAGIC).putLong(list.version()).putInt(groups.size());
        groups.forEach((head, group) -> {
            bytes.putInt(head).putInt(group.length);
            for (long card : group) {
                bytes.putLong(card);
            }
        });
        CRC32C sum = new CRC32C();
        sum.update(bytes.array(), 0, bytes.position());
        bytes.putInt((int) sum.getValue()).flip();
        WholeFile.put(file, bytes);
    }

    /** The list that was kept; the empty one if none was.
     *
     *  @throws IOException if the file is damaged: then the whole list is to be fetched anew */
    public Hotlist read() throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            return Hotlist.EMPTY;
        }
        if (bytes.length < HEAD_BYTES + Integer.BYTES || sum(bytes) != ByteBuffer.wrap(bytes).getInt(bytes.length - Integer.BYTES)) {
            throw new IOException(file + " is damaged; './onecard terminal hotlist --anew' fetches the whole list");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != MAGIC) {
                throw new IOException(file + " is no hotlist");
            }
            long version = in.readLong();
            SortedMap<Integer, long[]> groups = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                int head = in.readInt();
                long[] group = new long[in.readInt()];
                for (int i = 0; i < group.length; i++) {
                    group[i] = in.readLong();
                }
                groups.put(head, group);
            }
            return Hotlist.of(version, groups);
        }
    }

    private static int sum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, bytes.length - Integer.BYTES);
        return (int) sum.getValue();
    }
}
