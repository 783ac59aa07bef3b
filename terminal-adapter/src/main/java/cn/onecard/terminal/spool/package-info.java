/** The terminal's store and forward: every tap on disk, synced, until the core has committed it. What an append has
 *  confirmed survives a power cut at any byte, and is given to the uplink once and in order. Knows nothing of cards, sockets
 *  or the core's answers. */
@NullMarked
@Room(name = "terminal.spool", mayUse = {"terminal.tap", "vocabulary", "wire"})
package cn.onecard.terminal.spool;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
