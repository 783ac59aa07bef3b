/** What is known of many cards, packed into memory. */
@NullMarked
@Room(name = "engine.cache", mayUse = {})
package cn.onecard.engine.cache;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
