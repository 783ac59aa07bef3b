/** Nets a cleared day: one position for each party, for the purses, for suspense and for each
 *  kind of account that moved; and what each party is paid and carries on. The positions of a day add up to
 *  zero. Knows nothing of files. */
@NullMarked
@Room(name = "settlement.net", mayUse = {"vocabulary", "sql.tables", "settlement.day", "settlement.clear"})
package cn.onecard.settlement.net;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
