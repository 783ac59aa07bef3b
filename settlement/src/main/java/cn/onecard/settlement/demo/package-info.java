/** A day of a city, played through the real programs: each one a process of its own, over real sockets and a real database.
 *  The summary is true or the demo fails: every figure is read back from what the programs wrote. Knows nothing of how
 *  any of the programs works inside. */
@NullMarked
@Room(name = "settlement.demo", mayUse = {"vocabulary", "settlement.city", "sql"})
package cn.onecard.settlement.demo;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
