/** Measures how many payments a second are captured, against a transaction for each on the same database. */
@NullMarked
@Room(name = "engine.bench.pay", mayUse = {"vocabulary", "sql", "engine.post", "engine.order", "engine.flow", "engine.bench"})
package cn.onecard.engine.bench.pay;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
