/** What partners to practise on have in common: what they can be told to do wrong and how often, and the socket of those that
 *  speak in frames. Knows no partner. */
@NullMarked
@Room(name = "engine.partner", mayUse = {"engine.rail.iso8583"})
package cn.onecard.engine.partner;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
