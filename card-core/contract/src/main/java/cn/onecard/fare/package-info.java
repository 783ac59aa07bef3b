/** Fare rules: what a ride costs, by fare table and concession. Pure: the same question always has the same answer, at the
 *  terminal as in the core's audit. Knows nothing of cards in the field, frames, tables or the time of day. */
@NullMarked
@Room(name = "fare", mayUse = {"vocabulary"})
package cn.onecard.fare;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
