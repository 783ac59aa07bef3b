/** The fare office: makes fare tables of what cities publish, and holds recorded charges against a fare table. Whatever of a source
 *  cannot be said in a fare table is refused with its file and line. Knows nothing of tables, sockets or the time of day. */
@NullMarked
@Room(name = "settlement.fares", mayUse = {"vocabulary", "fare", "settlement.city"})
package cn.onecard.settlement.fares;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
