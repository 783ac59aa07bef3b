package cn.onecard.settlement.seal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jooq.DSLContext;

/** Writes rows that stream by, a transaction for every so many. The statement must be one that may be repeated, because a
 *  night that was interrupted writes its rows again. */
final class BatchWriter {
    private final DSLContext dsl;
    private final String statement;
    private final int batchRows;
    private final LongConsumer committed;
    private final List<Object[]> batch = new ArrayList<>();

    /** Rows committed so far; written by {@link #flush} alone. */
    private long written;

    /** A writer.
     *
     *  @param statement an upsert with a question mark for each value
     *  @param batchRows rows of a transaction
     *  @param committed is told after each commit how many rows are written */
    BatchWriter(DSLContext dsl, String statement, int batchRows, LongConsumer committed) {
        this.dsl = dsl;
        this.statement = statement;
        this.batchRows = batchRows;
        this.committed = committed;
    }

    void write(Object... values) {
        batch.add(values);
        if (batch.size() == batchRows) {
            flush();
        }
    }

    /** Writes what is left. */
    void finish() {
        if (!batch.isEmpty()) {
            flush();
        }
    }

    private void flush() {
        Object[][] rows = batch.toArray(Object[][]::new);
        dsl.transaction(transaction -> transaction.dsl().batch(statement, rows).execute());
        written += rows.length;
        batch.clear();
        committed.accept(written);
    }
}
