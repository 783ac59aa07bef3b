/** Nets a cleared day: one position for each party, one for the purses, one for suspense. The positions of a day add up to
 *  zero. Knows nothing of files. */
@NullMarked
@Room(name = "settlement.net", mayUse = {"vocabulary", "sql.tables", "settlement.day", "settlement.seal", "settlement.clear"})
package cn.onecard.settlement.net;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
