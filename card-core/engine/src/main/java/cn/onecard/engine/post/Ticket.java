package cn.onecard.engine.post;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** The place of one posting in the batch it came with. */
record Ticket(Posting posting, Batch batch, int index) {
    void done(Posted posted) {
        batch.done(index, posted);
    }

    void failed(Throwable cause) {
        batch.answer.completeExceptionally(cause);
    }

    /** A batch on its way, whose postings may be with several writers. Complete when the last one is committed. */
    static final class Batch {
        private final Posted[] posted;
        private final AtomicInteger open;
        private final CompletableFuture<List<Posted>> answer = new CompletableFuture<>();

        Batch(int size) {
            this.posted = new Posted[size];
            this.open = new AtomicInteger(size);
            if (size == 0) {
                answer.complete(List.of());
            }
        }

        CompletableFuture<List<Posted>> answer() {
            return answer;
        }

        // Writers write different elements; the counter publishes them to whoever completes the batch.
        private void done(int index, Posted one) {
            posted[index] = one;
            if (open.decrementAndGet() == 0) {
                answer.complete(List.copyOf(Arrays.asList(posted)));
            }
        }
    }
}
