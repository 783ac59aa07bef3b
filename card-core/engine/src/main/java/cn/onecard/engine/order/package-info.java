/** On-line payments: accounts, orders and every step of theirs. An account is always the sum of its entries, an order moves only
 *  as the table of states says, and a request sent again gets its first answer. Knows nothing of sockets, partners or fares. */
@NullMarked
@Room(name = "engine.order", mayUse = {"vocabulary", "sql.tables", "engine.post"})
package cn.onecard.engine.order;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
