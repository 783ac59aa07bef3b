/** Measures the way of a tap through the core from outside, as the terminals see it, and breaks it on purpose; and the way of a
 *  payment through its corridor. What it states it has measured in this run, on this machine. Of what happens to a tap it knows
 *  nothing beyond how to make a true one. */
@NullMarked
@Room(name = "engine.bench", mayUse = {"vocabulary", "wire", "purse", "sql", "sql.embedded", "engine.key", "engine.post", "engine.order", "engine.flow"})
package cn.onecard.engine.bench;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
