package cn.onecard.terminal.boot;

import cn.onecard.terminal.flow.Progress;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;

/** Progress as one JSON object a line, for the program that started this one. */
final class JsonProgress implements Progress {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter out;

    JsonProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void at(String stage, int done, int of) {
        out.println(JSON.createObjectNode().put("stage", stage).put("done", done).put("of", of));
        out.flush();
    }
}
