package cn.onecard.terminal.spool;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file of the spool: records end to end, then zeros up to its full length. It is named after the sequence of its first
 *  record. Guarded by the spool's lock, but for {@link #read} and the file's own operations. */
final class Segment implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Segment.class);
    private static final String SUFFIX = ".seg";

    private final long first;
    private final SpoolFile file;
    private final int capacity;
    private long last;   // written by append; first - 1 while the segment is empty
    private int used;    // written by append

    private Segment(long first, SpoolFile file, int capacity) {
        this.first = first;
        this.file = file;
        this.capacity = capacity;
        this.last = first - 1;
    }

    static String name(long first) {
        return "%019d%s".formatted(first, SUFFIX);
    }

    static boolean isName(String name) {
        return name.matches("\\d{19}\\.seg");
    }

    /** A new and empty one. */
    static Segment create(SpoolDisk disk, long first, int bytes) throws IOException {
        return new Segment(first, disk.create(name(first), bytes), bytes);
    }

    /** One that is there. What follows its last sound record was never confirmed: it is overwritten with zeros, so that no
     *  later append can give a left-over record a meaning.
     *
     *  @param records takes every record, in order */
    static Segment open(SpoolDisk disk, String name, List<SpoolRecord> records) throws IOException {
        SpoolFile file = disk.open(name);
        byte[] bytes = file.read(0, file.length());
        Segment segment = new Segment(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())), file, bytes.length);
        Optional<SpoolRecord> next = segment.nextIn(bytes);
        while (next.isPresent()) {
            records.add(next.get());
            segment.count(next.get());
            next = segment.nextIn(bytes);
        }
        segment.clearTail(disk, bytes);
        return segment;
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    /** Bytes that can still be appended. */
    int room() {
        return capacity - used;
    }

    void append(SpoolRecord record) throws IOException {
        file.write(used, record.encoded());
        count(record);
    }

    void force() throws IOException {
        file.force();
    }

    /** The record at an offset, which must be there. */
    SpoolRecord read(int offset) throws IOException {
        return SpoolRecord.findAt(file.read(offset, SpoolRecord.MAX_BYTES), 0).orElseThrow(
                () -> new SpoolDamaged("segment " + name(first) + " has no sound record at offset " + offset));
    }

    void delete(SpoolDisk disk) throws IOException {
        file.close();
        disk.delete(name(first));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private Optional<SpoolRecord> nextIn(byte[] bytes) {
        return SpoolRecord.findAt(bytes, used).filter(record -> record.sequence() == last + 1);
    }

    private void count(SpoolRecord record) {
        used += record.bytes();
        last = record.sequence();
    }

    private void clearTail(SpoolDisk disk, byte[] bytes) throws IOException {
        int end = bytes.length;
        while (end > used && bytes[end - 1] == 0) {
            end--;
        }
        if (end == used) {
            return;
        }
        byte[] tail = Arrays.copyOfRange(bytes, used, end);
        long sound = soundRecordsIn(tail);
        LOG.atWarn().addKeyValue("segment", name(first)).addKeyValue("after", last).addKeyValue("bytes", tail.length)
                .addKeyValue("soundRecords", sound).log("torn tail of the spool cut off");
        if (sound > 0) {
            disk.replace("torn-" + name(first), tail);   // a torn group, or a bad sector: kept for people to look at
        }
        file.write(used, new byte[tail.length]);
        file.force();
    }

    private static long soundRecordsIn(byte[] tail) {
        return IntStream.range(0, tail.length).filter(offset -> SpoolRecord.findAt(tail, offset).isPresent()).count();
    }
}
