package cn.onecard.engine.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what other threads finish. */
public final class Waiting {
    private Waiting() {}

    /** The result of a future.
     *
     *  @throws BenchFailed if it failed or took longer */
    public static <T> T until(CompletableFuture<T> future, int seconds) {
        try {
            return future.get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BenchFailed failed ? failed : new BenchFailed(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new BenchFailed("no answer within " + seconds + " s", e);
        }
    }
}
