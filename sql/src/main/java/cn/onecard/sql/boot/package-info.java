/** The {@code db} commands of {@code ./onecard}: start and stop the embedded database, migrate, look, begin anew. Exit status
 *  0 is done, 1 not done with one line that says why, 2 not understood. */
@NullMarked
@Room(name = "sql.boot", mayUse = {"vocabulary", "sql", "sql.embedded"})
package cn.onecard.sql.boot;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
