package cn.onecard.engine.rail.utility;

import cn.onecard.engine.rail.bill.Row;
import java.util.List;

/** What came of a statement. */
public sealed interface StatementAnswer {
    /** It was taken, or here it is.
     *
     *  @param lines of the file */
    record Statement(List<Row> lines) implements StatementAnswer {
        public Statement {
            lines = List.copyOf(lines);
        }
    }

    /** There is none that can be relied on, yet. */
    record Missing(String why) implements StatementAnswer {}
}
