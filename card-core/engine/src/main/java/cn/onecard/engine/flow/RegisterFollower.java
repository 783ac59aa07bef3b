package cn.onecard.engine.flow;

import cn.onecard.engine.admit.MasterCache;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the register into memory, and every change of it. What it has not brought yet the lanes read for themselves. */
public final class RegisterFollower {
    private static final Logger LOG = LoggerFactory.getLogger(RegisterFollower.class);

    private final MasterCache register;
    private final CountDownLatch told = new CountDownLatch(1);
    private boolean reachable = true;       // its thread's

    public RegisterFollower(MasterCache register) {
        this.register = register;
    }

    /** Follows until it is told to end.
     *
     *  @param pause between two looks at a register that has not changed */
    public Thread start(Duration pause) {
        return Thread.ofPlatform().daemon().name("register-follower").start(() -> {
            try {
                boolean more = true;
                while (more ? told.getCount() > 0 : !told.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    more = catchUp();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Ends the following after the reading that is under way. */
    public void stop() {
        told.countDown();
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
