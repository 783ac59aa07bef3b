package cn.onecard.engine.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;

/** The batches that wait for a lane. Gateways take turns: each gives some {@link #TAPS_A_TURN} taps, at least one batch, and goes to
 *  the end of the line, so that one that sends much waits for itself and not the others for it. Within a gateway batches keep their
 *  order. How many there can be is bounded where they are received. Thread-safe. */
final class Turns {
    /** Taps after which it is another gateway's turn: some dozens of terminals with a tap each go in one turn. */
    static final int TAPS_A_TURN = 64;

    private final SequencedMap<String, Deque<Handed>> line = new LinkedHashMap<>();     // none of the queues is empty
    private int taps;

    synchronized void add(Handed handed) {
        line.computeIfAbsent(handed.gateway(), none -> new ArrayDeque<>()).add(handed);
        taps += handed.weight();
        notifyAll();
    }

    /** Taps that wait. */
    synchronized int taps() {
        return taps;
    }

    /** Takes what is next, and waits for it if there is nothing.
     *
     *  @param enough taps after which no more batches are taken
     *  @return empty if nothing came in time */
    synchronized List<Handed> take(int enough, long timeoutMillis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (line.isEmpty()) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return List.of();
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return takeSome(enough);
    }

    /** Takes everything. */
    synchronized List<Handed> takeAll() {
        return takeSome(Integer.MAX_VALUE);
    }

    private List<Handed> takeSome(int enough) {
        List<Handed> taken = new ArrayList<>();
        int weight = 0;
        while (weight < enough && !line.isEmpty()) {
            weight += turn(taken);
        }
        taps -= weight;
        return taken;
    }

    /** The first gateway's turn. */
    private int turn(List<Handed> taken) {
        Map.Entry<String, Deque<Handed>> first = line.firstEntry();
        Deque<Handed> queue = first.getValue();
        int weight = 0;
        while (weight < TAPS_A_TURN && !queue.isEmpty()) {
            Handed next = queue.removeFirst();
            weight += next.weight();
            taken.add(next);
        }
        line.remove(first.getKey());
        if (!queue.isEmpty()) {
            line.putLast(first.getKey(), queue);
        }
        return weight;
    }
}
