package cn.onecard.engine.flow;

import cn.onecard.engine.key.KeySource;
import cn.onecard.engine.key.KeysUnavailable;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over new and retired master keys while the core runs, and says when their keeper goes away and comes back. */
public final class KeyFollower {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFollower.class);

    private final KeySource source;
    private boolean there = true;       // its thread's

    public KeyFollower(KeySource source) {
        this.source = source;
    }

    /** Follows.
     *
     *  @param pause between two looks */
    public Repeating start(Duration pause) {
        return Repeating.start("key-follower", pause, this::look);
    }

    private boolean look() {
        try {
            source.refresh();
            if (!there) {
                LOG.info("the master keys are there again");
            }
            there = true;
        } catch (KeysUnavailable e) {
            if (there) {
                LOG.error("the master keys are away: {}", e.getMessage());
            }
            there = false;
        }
        return false;
    }
}
