/** The way of files to another host over SFTP: keys alone on both sides, and a file that appears whole or not at all. Knows names and
 *  bytes, and whether a file can have left, but nothing of what is in it. */
@NullMarked
@Room(name = "engine.rail.file", mayUse = {"engine.key"})
package cn.onecard.engine.rail.file;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
