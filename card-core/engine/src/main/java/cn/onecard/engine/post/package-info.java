/** The journal: many taps a commit, one row for each frame whatever became of it, and an answer only after the commit. A row
 *  never carries a closed business date, and no tap key is posted twice. Knows nothing of fares, keys or sockets. */
@NullMarked
@Room(name = "engine.post", mayUse = {"vocabulary", "wire", "sql", "engine.card", "engine.receive", "engine.verify", "engine.rate", "engine.admit"})
package cn.onecard.engine.post;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
