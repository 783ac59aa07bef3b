package cn.onecard.engine.order;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertValuesStepN;
import org.jooq.Param;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Inserts many rows by few statements: jOOQ renders their text once, JDBC binds it.
 *
 *  @param <T> what a row is made of */
final class RowInsert<T> {
    /** Rows of a statement, ascending; so few, so that every connection keeps all of them prepared. */
    private static final int[] ROWS = {1, 2, 4, 8, 16, 32, 64, 96, 128, 192, 256};

    private final List<String> texts;
    private final int columns;
    private final Binder<T> binder;

    /** How the values of a row go into a statement. */
    interface Binder<T> {
        /** Puts the values of a row into a statement.
         *
         *  @param offset the first value goes to {@code offset + 1} */
        void bind(PreparedStatement statement, int offset, T row) throws SQLException;
    }

    private RowInsert(List<String> texts, int columns, Binder<T> binder) {
        this.texts = texts;
        this.columns = columns;
        this.binder = binder;
    }

    /** Inserts new rows. */
    static <T> RowInsert<T> into(DSLContext dsl, Table<?> table, List<Field<?>> columns, Binder<T> binder) {
        return new RowInsert<>(IntStream.of(ROWS).mapToObj(rows -> insert(dsl, table, columns, rows).getSQL()).toList(), columns.size(), binder);
    }

    void run(Connection connection, List<T> rows) throws SQLException {
        int at = 0;
        while (at < rows.size()) {
            int found = Arrays.binarySearch(ROWS, rows.size() - at);
            int fitting = found >= 0 ? found : -found - 2;
            try (PreparedStatement statement = connection.prepareStatement(texts.get(fitting))) {
                for (int i = 0; i < ROWS[fitting]; i++) {
                    binder.bind(statement, i * columns, rows.get(at + i));
                }
                statement.executeUpdate();
            }
            at += ROWS[fitting];
        }
    }

    private static InsertValuesStepN<?> insert(DSLContext dsl, Table<?> table, List<Field<?>> columns, int rows) {
        List<Param<?>> binds = columns.stream().<Param<?>>map(column -> DSL.param(column.getName(), column)).toList();
        InsertValuesStepN<?> insert = dsl.insertInto(table, columns).values(binds);
        for (int i = 1; i < rows; i++) {
            insert = insert.values(binds);
        }
        return insert;
    }
}
