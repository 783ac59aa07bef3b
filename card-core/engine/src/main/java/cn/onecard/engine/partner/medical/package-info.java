/** A health insurance to practise on: persons, visits, fees and settlements in memory, under the rules of the national platform's
 *  messages, and wrong in any way it is told to be. Knows nothing of the rooms that talk to it. */
@NullMarked
@Room(name = "engine.partner.medical", mayUse = {"vocabulary", "engine.rail.nhsa", "engine.partner"})
package cn.onecard.engine.partner.medical;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
