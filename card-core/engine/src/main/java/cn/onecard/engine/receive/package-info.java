/** Takes frames off the wire, from gateways whose certificate says who they are. Every tap of a batch leaves as a frame in
 *  range or as a malformed one, every payment call as a frame in range or not at all, and nobody may have more in flight than the
 *  bound. Knows nothing of keys, fares, cards or tables. */
@NullMarked
@Room(name = "engine.receive", mayUse = {"vocabulary", "wire"})
package cn.onecard.engine.receive;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
