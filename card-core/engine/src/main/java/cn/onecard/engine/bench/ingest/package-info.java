/** Measures how many taps a second the core takes, in bulk and one by one, against what the database takes alone. */
@NullMarked
@Room(name = "engine.bench.ingest", mayUse = {"vocabulary", "wire", "sql", "engine.bench"})
package cn.onecard.engine.bench.ingest;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
