/** Taps, loads and payments as frames: typed, and to and from the protobuf contract. A frame that can be made from bytes has
 *  every field in range; whether it is true is not known here. Knows nothing of keys, fares, tables or sockets. */
@NullMarked
@Room(name = "wire", mayUse = {"vocabulary"})
package cn.onecard.wire;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
