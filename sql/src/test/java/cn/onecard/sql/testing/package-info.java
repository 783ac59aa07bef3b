/** A real database for tests: this module's, and those of every module that reads or writes rows. */
@NullMarked
@Room(name = "sql.testing", mayUse = {"vocabulary", "sql", "sql.embedded"})
package cn.onecard.sql.testing;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
