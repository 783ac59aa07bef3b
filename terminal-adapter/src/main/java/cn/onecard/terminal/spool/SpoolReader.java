package cn.onecard.terminal.spool;

import cn.onecard.wire.proto.Tap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the taps of a spool in order, each once. For one thread. */
public final class SpoolReader {
    private final Spool spool;
    private @Nullable Segment segment;   // where the next record is looked for; written by take
    private int offset;                  // within that segment; written by take
    private long next;                   // sequence of the next record; written by take

    SpoolReader(Spool spool, long next) {
        this.spool = spool;
        this.next = next;
    }

    /** The next taps that are durable, at most {@code max}; empty if there is none now. */
    public List<SpooledTap> take(int max) throws IOException {
        List<SpooledTap> taps = new ArrayList<>();
        long forced = spool.forced();
        while (taps.size() < max && next <= forced) {
            Segment holder = spool.segment(next);
            if (holder != segment) {
                segment = holder;
                offset = 0;
                next = Math.max(next, holder.first());
            }
            SpoolRecord record = holder.read(offset);
            offset += record.bytes();
            if (record.sequence() == next) {
                next++;
                if (record.kind() == SpoolRecord.Kind.FINAL) {
                    taps.add(new SpooledTap(record.sequence(), Tap.parseFrom(record.payload())));
                }
            }
        }
        return taps;
    }
}
