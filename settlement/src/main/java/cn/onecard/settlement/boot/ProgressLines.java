package cn.onecard.settlement.boot;

import cn.onecard.settlement.day.Progress;
import java.io.PrintStream;

/** Tells progress as lines of JSON, for the program that started this one. */
final class ProgressLines {
    private ProgressLines() {}

    static Progress on(PrintStream out) {
        return (stage, step, done, total) -> {
            out.println("{\"stage\":\"" + stage.name() + "\",\"step\":\"" + step + "\",\"done\":" + done + ",\"of\":" + total + "}");
            out.flush();
        };
    }
}
