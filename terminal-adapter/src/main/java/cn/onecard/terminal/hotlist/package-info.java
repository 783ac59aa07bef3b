/** The hotlist (黑名单) as a terminal holds it: packed, looked up at every tap, switched as a whole, kept in a file. Knows nothing of where it
 *  comes from. */
@NullMarked
@Room(name = "terminal.hotlist", mayUse = {"vocabulary"})
package cn.onecard.terminal.hotlist;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
