/** The master keys, what is derived from them, and the certificates of the terminal link. A master key never leaves this
 *  room in clear but into its sealed file or its token, and, from the file alone, into the personalisation of
 *  PSAMs. Knows nothing of taps, tables or sockets. */
@NullMarked
@Room(name = "engine.key", mayUse = {"vocabulary", "purse", "engine.cache"})
package cn.onecard.engine.key;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
