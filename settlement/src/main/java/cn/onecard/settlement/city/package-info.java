/** The demo city: who lives in it, which terminals it has, and one day's plan of taps, generated from a seed or taken from
 *  recorded swipes. The same seed or file always makes the same city. Knows nothing of keys, sockets or tables. */
@NullMarked
@Room(name = "settlement.city", mayUse = {"vocabulary", "fare"})
package cn.onecard.settlement.city;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
