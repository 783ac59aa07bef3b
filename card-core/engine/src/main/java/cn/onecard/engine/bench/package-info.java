/** Measures the way of a tap through the core from outside, as the terminals see it, and breaks it on purpose. What it states it
 *  has measured in this run, on this machine. Knows nothing of the rooms that it measures beyond how to make a true tap. */
@NullMarked
@Room(name = "engine.bench", mayUse = {"vocabulary", "wire", "purse", "sql", "sql.embedded", "engine.key"})
package cn.onecard.engine.bench;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
