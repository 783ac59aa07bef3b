/** Audits the fare of a tap against the fare table that the terminal used. Every credible tap leaves rated, with a verdict,
 *  whatever its price. Knows nothing of card states, tables or the time of day. */
@NullMarked
@Room(name = "engine.rate", mayUse = {"vocabulary", "wire", "fare", "engine.card", "engine.verify", "engine.receive"})
package cn.onecard.engine.rate;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
