/** Kills core, database and one of two nodes under load, and compares every row with what was sent. */
@NullMarked
@Room(name = "engine.bench.crash", mayUse = {"vocabulary", "wire", "sql", "engine.bench"})
package cn.onecard.engine.bench.crash;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
