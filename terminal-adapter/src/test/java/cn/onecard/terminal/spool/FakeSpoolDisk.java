package cn.onecard.terminal.spool;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** A disk in memory that can fill up, fail, hold its syncs, and lose what was not synced. */
final class FakeSpoolDisk implements SpoolDisk {
    private final TreeMap<String, Contents> files = new TreeMap<>();
    private long room = Long.MAX_VALUE;
    private int forces;
    private boolean failing;
    private CountDownLatch gate = new CountDownLatch(0);
    private final CountDownLatch forceBegun = new CountDownLatch(1);

    /** So many more bytes fit. */
    synchronized void room(long bytes) {
        room = bytes;
    }

    /** Every sync from now on fails. */
    synchronized void failSyncs() {
        failing = true;
    }

    /** Syncs wait until the latch is open. */
    synchronized void holdSyncs(CountDownLatch latch) {
        gate = latch;
    }

    /** Open as soon as a sync has begun. */
    CountDownLatch syncBegun() {
        return forceBegun;
    }

    synchronized int forces() {
        return forces;
    }

    /** What a power cut leaves: all that was synced, and of each later write any part, down to single bytes. */
    synchronized FakeSpoolDisk afterPowerCut(SplittableRandom random) {
        FakeSpoolDisk left = new FakeSpoolDisk();
        files.forEach((name, contents) -> left.files.put(name, contents.afterPowerCut(random)));
        return left;
    }

    /** The file's bytes cut off at a length. */
    synchronized void truncate(String name, int length) {
        Contents contents = contents(name);
        contents.bytes = Arrays.copyOf(contents.bytes, length);
    }

    /** One bit of a file turned over. */
    synchronized void flip(String name, int offset) {
        contents(name).bytes[offset] ^= 1;
    }

    /** An independent copy. */
    synchronized FakeSpoolDisk copy() {
        FakeSpoolDisk copy = new FakeSpoolDisk();
        files.forEach((name, contents) -> copy.files.put(name, new Contents(contents.bytes.clone())));
        return copy;
    }

    @Override
    public synchronized List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized SpoolFile create(String name, int bytes) throws IOException {
        take(bytes);
        Contents contents = new Contents(new byte[bytes]);
        files.put(name, contents);
        return new OpenFile(contents);
    }

    @Override
    public synchronized SpoolFile open(String name) throws IOException {
        Contents contents = files.get(name);
        if (contents == null) {
            throw new NoSuchFileException(name);
        }
        return new OpenFile(contents);
    }

    @Override
    public synchronized void delete(String name) {
        Contents gone = contents(name);
        files.remove(name);
        if (room != Long.MAX_VALUE) {
            room += gone.bytes.length;
        }
    }

    @Override
    public synchronized void replace(String name, byte[] content) throws IOException {
        take(content.length);
        files.put(name, new Contents(content.clone()));
    }

    @Override
    public synchronized Optional<byte[]> find(String name) {
        return Optional.ofNullable(files.get(name)).map(contents -> contents.bytes.clone());
    }

    private Contents contents(String name) {
        return Optional.ofNullable(files.get(name)).orElseThrow();
    }

    private void take(long bytes) throws IOException {
        if (bytes > room) {
            throw new IOException("No space left on device");
        }
        if (room != Long.MAX_VALUE) {
            room -= bytes;
        }
    }

    private synchronized CountDownLatch beginForce() throws IOException {
        if (failing) {
            throw new IOException("Input/output error");
        }
        forces++;
        forceBegun.countDown();
        return gate;
    }

    /** A file as the system shows it and as the disk holds it. */
    private static final class Contents {
        private byte[] bytes;
        private byte[] durable;
        private final List<Write> unsynced = new ArrayList<>();

        private Contents(byte[] bytes) {
            this.bytes = bytes;
            this.durable = bytes.clone();
        }

        private Contents afterPowerCut(SplittableRandom random) {
            byte[] left = durable.clone();
            for (Write write : unsynced) {
                int from = random.nextInt(write.bytes.length + 1);
                int to = random.nextInt(from, write.bytes.length + 1);
                System.arraycopy(write.bytes, from, left, write.offset + from, to - from);
            }
            return new Contents(left);
        }
    }

    /** A write that is not yet synced. */
    private static final class Write {
        private final int offset;
        private final byte[] bytes;

        private Write(int offset, byte[] bytes) {
            this.offset = offset;
            this.bytes = bytes.clone();
        }
    }

    /** A handle on a file. */
    private final class OpenFile implements SpoolFile {
        private final Contents contents;

        private OpenFile(Contents contents) {
            this.contents = contents;
        }

        @Override
        public int length() {
            synchronized (FakeSpoolDisk.this) {
                return contents.bytes.length;
            }
        }

        @Override
        public byte[] read(int offset, int count) {
            synchronized (FakeSpoolDisk.this) {
                return Arrays.copyOfRange(contents.bytes, Math.min(offset, contents.bytes.length), Math.min(offset + count, contents.bytes.length));
            }
        }

        @Override
        public void write(int offset, byte[] bytes) {
            synchronized (FakeSpoolDisk.this) {
                if (offset + bytes.length > contents.bytes.length) {
                    contents.bytes = Arrays.copyOf(contents.bytes, offset + bytes.length);
                    contents.durable = Arrays.copyOf(contents.durable, offset + bytes.length);
                }
                System.arraycopy(bytes, 0, contents.bytes, offset, bytes.length);
                contents.unsynced.add(new Write(offset, bytes));
            }
        }

        @Override
        public void force() throws IOException {
            int upTo;
            CountDownLatch open;
            synchronized (FakeSpoolDisk.this) {
                upTo = contents.unsynced.size();
                open = beginForce();
            }
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            synchronized (FakeSpoolDisk.this) {
                for (Write write : contents.unsynced.subList(0, upTo)) {
                    System.arraycopy(write.bytes, 0, contents.durable, write.offset, write.bytes.length);
                }
                contents.unsynced.subList(0, upTo).clear();
            }
        }

        @Override
        public void close() {}
    }
}
