/** The doorstep of the settlement program: command line, clock and connections are made here and nowhere else. Holds no
 *  rule of settlement. */
@NullMarked
@Room(name = "settlement.boot", mayUse = {"vocabulary", "fare", "sql", "settlement.day", "settlement.collect", "settlement.seal", "settlement.clear",
    "settlement.net", "settlement.payout", "settlement.book", "settlement.flow", "settlement.demo", "settlement.city", "settlement.fares"})
package cn.onecard.settlement.boot;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
