package cn.onecard.engine.post;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Set;

/** What an exception of the database means for the batch that met it. An exception never means "not committed". */
public enum Failure {
    /** A row with that key is there already. */
    KEY_TAKEN,
    /** The database refuses the content of a row, and would again. */
    ROW_REFUSED,
    /** Anything else: connection lost, deadlock, lock timeout, fail-over, disk full. The same rows are tried again. */
    TRY_AGAIN;

    private static final int DUPLICATE_KEY = 1062;
    /** CHECK violated (MariaDB, MySQL); out of range; too long; wrong value; NULL in NOT NULL; no partition. */
    private static final Set<Integer> CONTENT = Set.of(4025, 3819, 1264, 1406, 1366, 1292, 1048, 1526);

    public static Failure of(SQLException exception) {
        Failure worst = ofOne(exception);
        for (SQLException next = exception.getNextException(); next != null && worst == TRY_AGAIN; next = next.getNextException()) {
            worst = ofOne(next);
        }
        if (worst == TRY_AGAIN && exception instanceof BatchUpdateException && exception.getCause() instanceof SQLException cause) {
            return ofOne(cause);
        }
        return worst;
    }

    private static Failure ofOne(SQLException exception) {
        if (exception.getErrorCode() == DUPLICATE_KEY) {
            return KEY_TAKEN;
        }
        return CONTENT.contains(exception.getErrorCode()) ? ROW_REFUSED : TRY_AGAIN;
    }
}
