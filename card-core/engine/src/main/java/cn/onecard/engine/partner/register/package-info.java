/** A till of a shop to practise on (收银机): it sells, uploads what it sold, and goes wrong as it is told. Whatever it does, it knows
 *  what it must be answered. Knows of OneCard only its messages. */
@NullMarked
@Room(name = "engine.partner.register", mayUse = {"engine.partner"})
package cn.onecard.engine.partner.register;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
