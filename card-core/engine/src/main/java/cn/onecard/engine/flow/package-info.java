/** The corridor of a tap: receive, verify, rate, admit, post, reply. Knows all rooms of the engine and decides nothing itself. */
@NullMarked
@Room(name = "engine.flow", mayUse = {"wire", "vocabulary", "engine.receive", "engine.card", "engine.verify", "engine.rate", "engine.admit", "engine.post", "engine.reply"})
package cn.onecard.engine.flow;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
