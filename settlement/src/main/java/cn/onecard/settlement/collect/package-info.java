/** Closes a business day: moves the watermark that postings are stamped with, while postings go on. Once a ClosedDay exists,
 *  no row with its date can be added any more. Knows nothing of taps. */
@NullMarked
@Room(name = "settlement.collect", mayUse = {"vocabulary", "sql.tables", "settlement.day"})
package cn.onecard.settlement.collect;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
