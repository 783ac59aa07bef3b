package cn.onecard.engine.rail.register;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Inserting many rows of a table at once. */
final class Rows {
    private static final int DUPLICATE_KEY = 1062;

    private Rows() {}

    /** Inserts rows by one batch, which the driver sends as few statements of many rows.
     *
     *  @param rows values in the order of the columns */
    static void insert(DSLContext in, Table<?> table, List<Field<?>> columns, List<? extends @Nullable Object[]> rows) {
        if (!rows.isEmpty()) {
            in.batch(in.insertInto(table, columns).values(columns.stream().map(column -> DSL.param(column.getName(), column)).toList()))
                    .bind(rows.toArray(Object[][]::new)).execute();
        }
    }

    /** Whether a row could not be inserted because its key is there. */
    static boolean isKeyTaken(DataAccessException failure) {
        return failure.getCause() instanceof SQLException cause && cause.getErrorCode() == DUPLICATE_KEY;
    }
}
