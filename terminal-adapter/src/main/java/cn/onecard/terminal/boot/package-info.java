/** The terminal's doorstep: command lines, configuration, the clock, and the connections to disk and core. Knows nothing
 *  of how a tap is made. */
@NullMarked
@Room(name = "terminal.boot", mayUse = {"vocabulary", "wire", "terminal.reader", "terminal.card", "terminal.tap", "terminal.sim",
    "terminal.spool", "terminal.hotlist", "terminal.uplink", "terminal.flow"})
package cn.onecard.terminal.boot;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
