package cn.onecard.engine.testing;

import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.KeySource;
import cn.onecard.engine.key.KeysUnavailable;

/** Master keys whose keeper can be sent away, as a token that is pulled, and whose ring can be replaced. Thread-safe. */
public final class SwitchedKeys implements KeySource {
    private volatile KeyRing ring;      // written by replace()
    private volatile boolean away;      // written by away()
    private volatile boolean ready = true;      // written by refresh() and ring()

    public SwitchedKeys(KeyRing ring) {
        this.ring = ring;
    }

    /** Sends the keeper away, or has it back. */
    public void away(boolean isAway) {
        away = isAway;
    }

    /** Other keys from now on. */
    public void replace(KeyRing other) {
        ring = other;
    }

    @Override
    public KeyRing ring() {
        refresh();
        return ring;
    }

    @Override
    public void refresh() {
        ready = !away;
        if (away) {
            throw new KeysUnavailable("the token is pulled");
        }
    }

    @Override
    public boolean isReady() {
        return ready;
    }
}
