package cn.onecard.engine.flow;

import cn.onecard.engine.admit.MasterCache;
import java.time.Duration;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the register into memory, and every change of it. What it has not brought yet the lanes read for themselves. */
public final class RegisterFollower {
    private static final Logger LOG = LoggerFactory.getLogger(RegisterFollower.class);

    private final MasterCache register;
    private boolean reachable = true;       // its thread's

    public RegisterFollower(MasterCache register) {
        this.register = register;
    }

    /** Follows.
     *
     *  @param pause between two looks at a register that has not changed */
    public Repeating start(Duration pause) {
        return Repeating.start("register-follower", pause, this::catchUp);
    }

    /** What was not read is read next time. */
    private boolean catchUp() {
        try {
            boolean more = register.catchUp();
            reachable = true;
            return more;
        } catch (DataAccessException e) {
            if (reachable) {
                LOG.warn("changes of the register wait until the database answers: SQL state {}", e.sqlState());
            }
            reachable = false;
            return false;
        }
    }
}
