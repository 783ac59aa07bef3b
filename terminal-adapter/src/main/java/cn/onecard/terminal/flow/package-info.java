/** The corridors of the terminal: from the card to the spool, from the spool to the core, and the play of a whole city's plan
 *  through both. What was debited is in the spool, what is in the spool reaches the core. Knows nothing of command lines. */
@NullMarked
@Room(name = "terminal.flow", mayUse = {"vocabulary", "wire", "terminal.reader", "terminal.card", "terminal.tap", "terminal.sim",
    "terminal.spool", "terminal.hotlist", "terminal.uplink"})
package cn.onecard.terminal.flow;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
