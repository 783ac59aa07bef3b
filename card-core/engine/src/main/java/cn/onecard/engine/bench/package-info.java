/** What all measurements of the core share: the programs under measurement, the city that they are about, its gateways and their
 *  taps, and the machine. What they state they have measured in this run, on this machine. Of what happens to a tap they know
 *  nothing beyond how to make a true one. */
@NullMarked
@Room(name = "engine.bench", mayUse = {"vocabulary", "wire", "purse", "sql", "sql.embedded", "engine.key"})
package cn.onecard.engine.bench;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
