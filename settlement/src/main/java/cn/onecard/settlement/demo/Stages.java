package cn.onecard.settlement.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The stages of the demo as a person sees them: a progress bar at a terminal, a line a stage elsewhere. Each is timed. */
final class Stages {
    private final PrintStream out;
    private final boolean bars;
    private final List<Timed> done = new ArrayList<>();

    Stages(PrintStream out, boolean bars) {
        this.out = out;
        this.bars = bars;
    }

    /** Does one stage and shows it.
     *
     *  @param name what it does, a few words */
    void run(String name, Work work) throws IOException, InterruptedException, DemoFailed {
        long start = System.nanoTime();
        if (bars) {
            try (ProgressBar bar = new ProgressBarBuilder().setTaskName(padded(name)).setInitialMax(1)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK).setUpdateIntervalMillis(200).hideEta().build()) {
                work.go((at, of) -> bar.maxHint(Math.max(1, of)).stepTo(at));
                bar.stepTo(bar.getMax());
            }
        } else {
            work.go((at, of) -> { });
        }
        Timed timed = new Timed(name, (System.nanoTime() - start) / 1_000_000);
        done.add(timed);
        if (!bars) {
            out.printf("  %s %7.1f s%n", padded(name), timed.millis() / 1000.0);
        }
    }

    /** The stages done so far, in order. */
    List<Timed> done() {
        return List.copyOf(done);
    }

    private static String padded(String name) {
        return "%-34s".formatted(name);
    }

    /** A stage and how long it took. */
    record Timed(String name, long millis) {}

    /** What a stage does; it is handed someone to tell of its progress. */
    interface Work {
        void go(BiConsumer<Long, Long> progress) throws IOException, InterruptedException, DemoFailed;
    }
}
