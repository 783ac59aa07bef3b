package cn.onecard.terminal.reader;

import java.time.Duration;

/** Waits for cards by polling, because the JDK's provider stalls every other reader while it waits itself. */
public final class CardWatch {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private CardWatch() {}

    /** Waits until a card is in the reader.
     *
     *  @return whether one came within the time */
    public static boolean awaitPresent(Reader reader, Duration atMost) throws ReaderFault, InterruptedException {
        return await(reader, true, atMost);
    }

    /** Waits until no card is in the reader.
     *
     *  @return whether it left within the time */
    public static boolean awaitAbsent(Reader reader, Duration atMost) throws ReaderFault, InterruptedException {
        return await(reader, false, atMost);
    }

    private static boolean await(Reader reader, boolean present, Duration atMost) throws ReaderFault, InterruptedException {
        long start = System.nanoTime();
        while (reader.cardPresent() != present) {
            if (System.nanoTime() - start >= atMost.toNanos()) {
                return false;
            }
            Thread.sleep(PAUSE);
        }
        return true;
    }
}
