/** BER-TLV, the form of the chip's own data: in field 55 of a bank message, in the downloads of field 62, in a code that a payer
 *  shows. What is parsed and written again is the same bytes. Knows no tag's meaning. */
@NullMarked
@Room(name = "engine.rail.tlv", mayUse = {})
package cn.onecard.engine.rail.tlv;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
