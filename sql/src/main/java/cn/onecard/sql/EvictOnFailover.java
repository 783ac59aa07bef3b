package cn.onecard.sql;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/** Tells the pool to drop a connection whose server has stopped taking writes: the node behind it is no longer the primary,
 *  and only a new connection finds the one that is. */
public final class EvictOnFailover implements SQLExceptionOverride {
    /** 1290 and 1836 read only; 3100 and 3101 refused by the group; 3032 off line; 1047, 1053 not ready, shutting down. */
    private static final Set<Integer> NO_LONGER_PRIMARY = Set.of(1290, 1836, 3100, 3101, 3032, 1047, 1053);

    @java.lang.Override // the interface has a nested type of the same name
    public Override adjudicate(SQLException e) {
        return NO_LONGER_PRIMARY.contains(e.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
