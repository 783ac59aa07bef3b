package cn.onecard.terminal.tap;

import cn.onecard.vocabulary.TapKey;
import cn.onecard.wire.TapFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A store in memory that can refuse. */
final class MemoryStore implements ProvisionalStore {
    final Map<TapKey, TapFrame> provisional = new LinkedHashMap<>();
    final List<TapFrame> finals = new ArrayList<>();
    final List<TapKey> dropped = new ArrayList<>();
    /** Set by the test. */
    boolean refusesProvisional;
    /** Set by the test. */
    boolean refusesFinal;

    @Override
    public void provisional(TapFrame grey) throws Unavailable {
        check(refusesProvisional);
        if (!grey.debit().grey() || provisional.putIfAbsent(grey.key(), grey) != null) {
            throw new AssertionError("not a fresh provisional record: " + grey.key());
        }
    }

    @Override
    public void settled(TapFrame finalFrame) throws Unavailable {
        check(refusesFinal);
        if (provisional.remove(finalFrame.key()) == null) {
            throw new AssertionError("no provisional record of " + finalFrame.key());
        }
        finals.add(finalFrame);
    }

    @Override
    public void dropped(TapKey key) throws Unavailable {
        check(refusesFinal);
        if (provisional.remove(key) == null) {
            throw new AssertionError("no provisional record of " + key);
        }
        dropped.add(key);
    }

    private static void check(boolean refuses) throws Unavailable {
        if (refuses) {
            throw new Unavailable("the disk is full", new IOException("no space left on device"));
        }
    }
}
