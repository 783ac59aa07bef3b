/** How a program reaches the database: one account a program, one way to connect, the types of columns, the migrations.
 *  Every connection is READ COMMITTED, in UTC and with the same SQL mode, whichever server answers. Knows nothing of what
 *  the rows mean. */
@NullMarked
@Room(name = "sql", mayUse = {"vocabulary"})
package cn.onecard.sql;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
