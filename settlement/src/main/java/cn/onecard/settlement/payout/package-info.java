/** Writes the files of a netted day: statements, lists, the payment file, and the signed manifest over them. The same day gives
 *  the same bytes, whenever it is written. Knows nothing of how the numbers came about. */
@NullMarked
@Room(name = "settlement.payout", mayUse = {"vocabulary", "sql.tables", "settlement.day",
    "settlement.seal", "settlement.clear", "settlement.net"})
package cn.onecard.settlement.payout;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
