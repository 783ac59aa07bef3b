/** The counters that people of a city go to (柜台), to practise on: a bank's, a shop's, a clinic's, an app for bills. They call OneCard's
 *  interface as people come, and know of it only its messages. */
@NullMarked
@Room(name = "engine.partner.counter", mayUse = {"engine.partner.register"})
package cn.onecard.engine.partner.counter;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
