package cn.onecard.terminal.sim;

import org.jspecify.annotations.Nullable;

/** A reader with room for one chip. Chips are put in and taken out by any thread, also in the middle of a command. */
public final class VirtualReader {
    private final String name;
    /** What is in the reader; replaced under the monitor, so that every insertion is told from the one before. */
    private volatile @Nullable Insertion insertion;

    VirtualReader(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Puts a chip in, which powers it up.
     *
     *  @throws IllegalStateException if one is there already */
    public synchronized void insert(VirtualDevice device) {
        if (insertion != null) {
            throw new IllegalStateException("reader " + name + " is taken");
        }
        device.reset();
        insertion = new Insertion(device);
        notifyAll();
    }

    /** Takes the chip out, if there is one. A command under way gets no answer. */
    public synchronized void remove() {
        Insertion before = insertion;
        insertion = null;
        notifyAll();
        if (before != null) {
            before.device().reset();
        }
    }

    /** Waits until a chip is in the reader, or until none is.
     *
     *  @param timeoutMillis 0 for ever
     *  @return whether it came to that within the time */
    synchronized boolean await(boolean present, long timeoutMillis) throws InterruptedException {
        long start = System.nanoTime();
        while ((insertion != null) != present) {
            long left = timeoutMillis == 0 ? Long.MAX_VALUE : timeoutMillis - (System.nanoTime() - start) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    @Nullable Insertion insertion() {
        return insertion;
    }

    /** One stay of a chip in the reader. Compared by identity: the same chip put in again is another stay. */
    static final class Insertion {
        private final VirtualDevice device;

        Insertion(VirtualDevice device) {
            this.device = device;
        }

        VirtualDevice device() {
            return device;
        }
    }
}
