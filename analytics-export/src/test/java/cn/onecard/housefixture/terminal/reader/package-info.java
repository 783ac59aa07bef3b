/** A room of another module. */
@NullMarked
@Room(name = "terminal.reader")
package cn.onecard.housefixture.terminal.reader;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
