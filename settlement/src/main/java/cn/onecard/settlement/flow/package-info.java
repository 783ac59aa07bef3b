/** The corridor of settlement: knows all rooms and the order in which a day goes through them. Holds no rule of its own. */
@NullMarked
@Room(name = "settlement.flow", mayUse = {"vocabulary", "settlement.day", "settlement.collect", "settlement.seal",
    "settlement.clear", "settlement.net", "settlement.payout", "settlement.book"})
package cn.onecard.settlement.flow;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
