/** The way of frames to another host over TCP: a connection a call, so that the answer to one is never taken for the answer to
 *  another. Knows lengths of frames and nothing of what is in them. */
@NullMarked
@Room(name = "engine.rail.line", mayUse = {"engine.rail.iso8583"})
package cn.onecard.engine.rail.line;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
