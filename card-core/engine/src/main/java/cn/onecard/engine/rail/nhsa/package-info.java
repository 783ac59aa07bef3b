/** The messages of the national health insurance (国家医保) to designated institutions, as they lie on the wire: numbers, envelope,
 *  inputs and outputs, and the signature of a link. Whatever is read is complete and in range, or it is {@link MalformedJson}; amounts
 *  are exact to the fen. Knows no socket, no order and no table. */
@NullMarked
@Room(name = "engine.rail.nhsa", mayUse = {"vocabulary", "engine.key"})
package cn.onecard.engine.rail.nhsa;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
