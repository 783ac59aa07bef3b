/** Lets gateways misbehave, and shows that the others, the memory of the core and every acknowledgement bear it. */
@NullMarked
@Room(name = "engine.bench.crowd", mayUse = {"vocabulary", "wire", "sql", "engine.key", "engine.bench"})
package cn.onecard.engine.bench.crowd;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
