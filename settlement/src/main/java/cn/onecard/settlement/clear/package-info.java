/** Clears a sealed day: the trial balance, who earned and gave back what, by service, and how the fee rules share it out. Shares
 *  always add up to the gross. Reads sums, never single taps or entries, and knows nothing of bank accounts. */
@NullMarked
@Room(name = "settlement.clear", mayUse = {"vocabulary", "sql.tables", "settlement.day", "settlement.seal"})
package cn.onecard.settlement.clear;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
