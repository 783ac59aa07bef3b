/** A room with a wrong plate and a name that says nothing. */
@NullMarked
@Room(name = "elsewhere")
package cn.onecard.housefixture.util;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
