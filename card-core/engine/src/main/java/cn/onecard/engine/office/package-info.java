/** The card office (卡务): what may be done with a card in which state, who did it and why, and what its purse still held when it was no
 *  more. Acts, claims and moves in the ledger; moves no money itself. */
@NullMarked
@Room(name = "engine.office", mayUse = {"vocabulary", "sql.tables", "engine.card", "engine.order"})
package cn.onecard.engine.office;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
