/** The embedded MariaDB: its binaries out of a jar, its files under the data directory, its process. It listens on the
 *  loopback interface only, knows no account without a password, commits to the disk, outlives the JVM that started it and
 *  recovers from kill -9 of either. Knows nothing of schemas and rows. */
@NullMarked
@Room(name = "sql.embedded", mayUse = {"sql"})
package cn.onecard.sql.embedded;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
