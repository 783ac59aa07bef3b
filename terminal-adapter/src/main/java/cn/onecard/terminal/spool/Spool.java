package cn.onecard.terminal.spool;

import cn.onecard.terminal.tap.ProvisionalStore;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.TapCodec;
import cn.onecard.wire.TapFrame;
import cn.onecard.wire.proto.Tap;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The taps that the core does not have yet, on disk. Safe for use by several threads. */
public final class Spool implements ProvisionalStore, AutoCloseable {
    /*
     * Room. A segment is written full of zeros and synced before it takes its first record, so a disk that fills up is
     * noticed when a segment is made and at no other time. A provisional record is taken only if the segment also has room
     * for the longest end of every open provisional record, its own included. Hence a debit that was allowed can always be
     * filed: the disk is full before the debit or not at all.
     *
     * Group sync. An append writes under the lock and then waits until its sequence is synced. Of those who wait, one syncs
     * for all that has been written by then, outside the lock; the others go on when it is done. A sync that fails leaves
     * unknown what the disk holds (the kernel may drop the pages and report success next time), so the spool then takes
     * nothing more until it is opened again and has read what is really there.
     *
     * Greys. A provisional record without an end becomes a FINAL record with the grey flag: at open, and when the same PSAM
     * begins another tap. Only FINAL records are ever sent, in the order of the file, hence in order for each PSAM.
     *
     * Forgetting. A segment goes when all its records are acknowledged and none of them is an open provisional.
     */
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private final SpoolDisk disk;
    private final Bounds bounds;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition synced = lock.newCondition();
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final Map<TerminalId, Open> open = new HashMap<>();
    private volatile Runnable onSettled = () -> {};
    // Guarded by lock, written by append, sync and acknowledge.
    private long written;
    private long forced;
    private long acknowledged;
    private long lastFinal;
    private int waiting;
    private boolean syncing;
    private boolean closed;
    private boolean damaged;

    private Spool(SpoolDisk disk, Bounds bounds) {
        this.disk = disk;
        this.bounds = bounds;
    }

    /** How large a spool may grow. A tap takes about 320 bytes.
     *
     *  @param segmentBytes length of one file, at least 64 KiB
     *  @param segments how many files at most, at least 2 */
    public record Bounds(int segmentBytes, int segments) {
        /** 256 MiB, some 800,000 taps: a bus depot's week. */
        public static final Bounds DEFAULT = new Bounds(4 << 20, 64);

        public Bounds {
            if (segmentBytes < 1 << 16 || segments < 2) {
                throw new IllegalArgumentException("a spool has at least 2 segments of 64 KiB");
            }
        }
    }

    /** A provisional record without an end. */
    private record Open(TapKey key, Tap grey, long sequence) {}

    /** Opens the spool on a disk and puts it in order: a torn tail is cut off, provisional records become grey ones.
     *
     *  @throws SpoolFull if there is no room for even one segment
     *  @throws SpoolDamaged if records are missing between segments */
    public static Spool open(SpoolDisk disk, Bounds bounds) throws IOException {
        Spool spool = new Spool(disk, bounds);
        spool.recover();
        return spool;
    }

    @Override
    public void provisional(TapFrame grey) throws Unavailable {
        if (!grey.debit().grey()) {
            throw new IllegalArgumentException("a provisional record has the grey flag: " + grey.key());
        }
        TapKey key = grey.key();
        Tap tap = TapCodec.toProto(grey);
        store("provisional record of " + key, () -> {
            makeRoom(3);
            Open before = open.get(key.terminal());
            if (before != null) {
                LOG.atWarn().addKeyValue("tap", before.key()).log("outcome never told: filed as a grey record");
                append(SpoolRecord.Kind.FINAL, before.grey());
            }
            open.put(key.terminal(), new Open(key, tap, append(SpoolRecord.Kind.PROVISIONAL, tap)));
        });
    }

    @Override
    public void settled(TapFrame finalFrame) throws Unavailable {
        TapKey key = finalFrame.key();
        Tap tap = TapCodec.toProto(finalFrame);
        store("final record of " + key, () -> {
            if (isOpen(key)) {
                append(SpoolRecord.Kind.FINAL, tap);
                open.remove(key.terminal());
            } else {
                makeRoom(1);
                append(SpoolRecord.Kind.FINAL, tap);
            }
        });
    }

    @Override
    public void dropped(TapKey key) throws Unavailable {
        Tap tap = Tap.newBuilder().setPsamNo(key.terminal().value()).setPsamSeq((int) key.psamSeq()).build();
        store("end of " + key, () -> {
            if (!isOpen(key)) {
                throw new IllegalStateException("no provisional record of " + key);
            }
            append(SpoolRecord.Kind.DROPPED, tap);
            open.remove(key.terminal());
        });
    }

    /** A reader of all taps that are not acknowledged, from the first one on. */
    public SpoolReader reader() {
        lock.lock();
        try {
            return new SpoolReader(this, acknowledged + 1);
        } finally {
            lock.unlock();
        }
    }

    /** The core has committed the next {@code taps} taps, the last of them with that sequence: they may be forgotten. */
    public synchronized void acknowledge(long sequence, int taps) throws IOException {
        lock.lock();
        try {
            if (sequence <= acknowledged || sequence > lastFinal || taps > waiting) {
                throw new IllegalArgumentException("nothing waits for an acknowledgement of " + sequence);
            }
            acknowledged = sequence;
            waiting -= taps;
            forget();
        } finally {
            lock.unlock();
        }
        try {
            AcknowledgedMark.write(disk, sequence);
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("how far the core has acknowledged is not on disk: after a restart taps are sent twice");
        }
    }

    /** How many taps wait for their acknowledgement. */
    public int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** Calls back, on the appending thread, whenever another tap is ready to be sent. */
    public void onSettled(Runnable listener) {
        onSettled = listener;
    }

    /** Lets the files go. What was confirmed stays on disk. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            while (syncing) {
                synced.awaitUninterruptibly();
            }
            closed = true;
            for (Segment segment : segments) {
                segment.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The last sequence that may be read. */
    long forced() {
        lock.lock();
        try {
            return forced;
        } finally {
            lock.unlock();
        }
    }

    /** The segment that holds a sequence, or, if that is acknowledged and gone, the oldest one. */
    Segment segment(long sequence) {
        lock.lock();
        try {
            Iterator<Segment> fromNewest = segments.descendingIterator();
            while (fromNewest.hasNext()) {
                Segment segment = fromNewest.next();
                if (segment.first() <= sequence) {
                    return segment;
                }
            }
            return segments.getFirst();
        } finally {
            lock.unlock();
        }
    }

    /** What an append does under the lock. */
    private interface Writing {
        void run() throws IOException;
    }

    private void store(String what, Writing writing) throws Unavailable {
        lock.lock();
        try {
            if (closed || damaged) {
                throw new SpoolDamaged(closed ? "the spool is closed" : "the spool must be opened again");
            }
            writing.run();
            sync(written);
        } catch (IOException e) {
            throw new Unavailable("the spool cannot keep the " + what + ": " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
        onSettled.run();
    }

    private boolean isOpen(TapKey key) {
        Open before = open.get(key.terminal());
        return before != null && before.key().equals(key);
    }

    /** Sees to it that so many more records than the ends of the open ones fit into the newest segment. The lock is held,
     *  and may be let go in between. */
    private void makeRoom(int records) throws IOException {
        while (segments.getLast().room() < (open.size() + records) * SpoolRecord.MAX_BYTES) {
            if ((open.size() + records) * SpoolRecord.MAX_BYTES > bounds.segmentBytes()) {
                throw new SpoolFull("more open taps than a segment has room for");
            }
            if (segments.size() >= bounds.segments()) {
                throw new SpoolFull("the spool holds its bound of " + bounds.segments() + " segments");
            }
            if (forced < written) {
                sync(written);   // a later sync reaches only the newest segment
            } else {
                addSegment();
            }
        }
    }

    /** Writes one record where room was made for it, and answers its sequence. */
    private long append(SpoolRecord.Kind kind, Tap tap) throws IOException {
        SpoolRecord record = new SpoolRecord(kind, written + 1, tap.toByteString());
        try {
            segments.getLast().append(record);
        } catch (IOException e) {
            damaged = true;
            throw new SpoolDamaged("a write failed", e);
        }
        written = record.sequence();
        if (kind == SpoolRecord.Kind.FINAL) {
            lastFinal = written;
            waiting++;
        }
        return written;
    }

    private void addSegment() throws IOException {
        try {
            segments.addLast(Segment.create(disk, written + 1, bounds.segmentBytes()));
        } catch (IOException e) {
            throw new SpoolFull("no room for another segment of " + bounds.segmentBytes() + " bytes", e);
        }
    }

    /** Returns when everything up to a sequence is durable; see "Group sync". The lock is held, and let go while waiting. */
    private void sync(long upTo) throws IOException {
        while (forced < upTo) {
            if (damaged) {
                throw new SpoolDamaged("a sync failed");
            }
            if (syncing) {
                synced.awaitUninterruptibly();
            } else {
                syncForAll();
            }
        }
    }

    private void syncForAll() throws IOException {
        long upTo = written;
        Segment newest = segments.getLast();
        boolean done = false;
        syncing = true;
        lock.unlock();
        try {
            newest.force();
            done = true;
        } catch (IOException e) {
            throw new SpoolDamaged("a sync failed", e);
        } finally {
            lock.lock();
            syncing = false;
            if (done) {
                forced = Math.max(forced, upTo);
            } else {
                damaged = true;
            }
            synced.signalAll();
        }
    }

    private void forget() throws IOException {
        long keep = open.values().stream().mapToLong(Open::sequence).min().orElse(Long.MAX_VALUE);
        while (segments.size() > 1 && segments.getFirst().last() <= acknowledged && segments.getFirst().last() < keep) {
            segments.removeFirst().delete(disk);
        }
    }

    private void recover() throws IOException {
        lock.lock();
        try {
            acknowledged = AcknowledgedMark.read(disk);
            for (String name : disk.list()) {
                if (Segment.isName(name)) {
                    recover(name);
                }
            }
            if (segments.isEmpty() || written < acknowledged) {
                written = acknowledged;
                addSegment();
            }
            forced = written;
            acknowledged = Math.max(acknowledged, segments.getFirst().first() - 1);
            fileGreys();
            forget();
        } finally {
            lock.unlock();
        }
    }

    private void recover(String name) throws IOException {
        List<SpoolRecord> records = new ArrayList<>();
        Segment segment = Segment.open(disk, name, records);
        if (!segments.isEmpty() && segment.first() != written + 1 && segment.first() > acknowledged + 1) {
            throw new SpoolDamaged("segment " + name + " follows on " + written + ": records are missing between them");
        }
        segments.addLast(segment);
        written = segment.last();
        for (SpoolRecord record : records) {
            replay(record);
        }
    }

    private void replay(SpoolRecord record) throws IOException {
        Tap tap;
        try {
            tap = Tap.parseFrom(record.payload());
        } catch (InvalidProtocolBufferException e) {
            throw new SpoolDamaged("record " + record.sequence() + " holds no tap", e);
        }
        TapKey key = TapCodec.key(tap);
        switch (record.kind()) {
            case PROVISIONAL -> open.put(key.terminal(), new Open(key, tap, record.sequence()));
            case DROPPED -> open.remove(key.terminal());
            case FINAL -> {
                if (isOpen(key)) {
                    open.remove(key.terminal());
                }
                if (record.sequence() > acknowledged) {
                    lastFinal = record.sequence();
                    waiting++;
                }
            }
        }
    }

    private void fileGreys() throws IOException {
        List<Open> greys = open.values().stream().sorted((a, b) -> Long.compare(a.sequence(), b.sequence())).toList();
        for (Open grey : greys) {
            LOG.atWarn().addKeyValue("tap", grey.key()).log("outcome unknown at the end of the last run: filed as a grey record");
            makeRoom(0);
            append(SpoolRecord.Kind.FINAL, grey.grey());
            open.remove(grey.key().terminal());
        }
        sync(written);
    }
}
