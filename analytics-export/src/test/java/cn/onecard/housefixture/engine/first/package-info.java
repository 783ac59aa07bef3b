/** A room that uses what is not on its plate and has a permission that it does not use. */
@NullMarked
@Room(name = "engine.first", mayUse = {"vocabulary"})
package cn.onecard.housefixture.engine.first;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
