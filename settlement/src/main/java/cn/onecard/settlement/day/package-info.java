/** Where the night of a business date stands: its row, its stages, and how progress and failure are told. A day only ever
 *  moves forward, one stage at a time. Knows nothing of what a stage does. */
@NullMarked
@Room(name = "settlement.day", mayUse = {"vocabulary", "sql.tables"})
package cn.onecard.settlement.day;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
