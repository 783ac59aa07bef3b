package cn.onecard.engine.flow;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Work that is done again and again in a thread of its own, until somebody ends it. */
public final class Repeating {
    private final CountDownLatch told = new CountDownLatch(1);
    private final Thread thread;

    /** One round of the work. */
    public interface Round {
        /** Does what there is to do, and reports what failed: the next round does it.
         *
         *  @return whether there may be more to do at once */
        boolean run() throws InterruptedException;
    }

    private Repeating(String name, Duration pause, Round round) {
        thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> {
            try {
                boolean more = false;
                while (more ? told.getCount() > 0 : !told.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    more = round.run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Begins.
     *
     *  @param pause before the first round, and between two rounds of which the first left nothing to do */
    public static Repeating start(String name, Duration pause, Round round) {
        Repeating repeating = new Repeating(name, pause, round);
        repeating.thread.start();
        return repeating;
    }

    /** Ends after the round that is under way, and waits for that. */
    public void stop(Duration patience) throws InterruptedException {
        told.countDown();
        thread.join(patience);
    }
}
