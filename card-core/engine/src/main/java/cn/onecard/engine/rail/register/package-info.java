/** Sales as the tills of shops report them (云MIS): baskets that must add up, what was given back of them, uploads of tills that were
 *  off line, and which group of consumption a category stands for. A sale is written down once, with every line. Knows nothing of
 *  sockets, and not whether it was paid: that is the order's. */
@NullMarked
@Room(name = "engine.rail.register", mayUse = {"vocabulary", "sql.tables", "engine.order", "engine.post"})
package cn.onecard.engine.rail.register;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
