/** Says to the terminal what became of each tap and each payment call, once it is committed. Knows nothing of how it came about. */
@NullMarked
@Room(name = "engine.reply", mayUse = {"vocabulary", "wire", "engine.receive", "engine.post", "engine.order"})
package cn.onecard.engine.reply;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
