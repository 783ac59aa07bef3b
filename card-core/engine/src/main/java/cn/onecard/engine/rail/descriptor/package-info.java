/** Descriptors of partners (接入描述): the one JSON file that says all that was agreed with a partner, read strictly. Knows no partner. */
@NullMarked
@Room(name = "engine.rail.descriptor", mayUse = {})
package cn.onecard.engine.rail.descriptor;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
