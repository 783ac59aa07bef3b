/** The outbox (发件箱): messages to partners that the orders made due, and what partners answered. A message is sent once or not at
 *  all: whoever sends it has first written down that he does. Knows nothing of any one partner, nor of how money moves. */
@NullMarked
@Room(name = "engine.outbox", mayUse = {"vocabulary", "sql.tables", "engine.order"})
package cn.onecard.engine.outbox;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
