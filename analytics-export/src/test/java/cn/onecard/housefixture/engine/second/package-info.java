/** A room that the first one uses as well, and that reaches into another module. */
@NullMarked
@Room(name = "engine.second", mayUse = {"engine.first", "terminal.reader"})
package cn.onecard.housefixture.engine.second;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
