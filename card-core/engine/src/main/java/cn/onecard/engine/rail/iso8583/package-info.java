/** ISO 8583 as UnionPay (银联) speaks it: the POS dialect between terminal and acquirer, the switch dialect between institutions, two
 *  tables of fields on one codec. What is accepted is encoded to the same bytes again; what is refused is refused with the
 *  number of its field and never shown. Knows no keys, no sockets, and not what a message does to money. */
@NullMarked
@Room(name = "engine.rail.iso8583", mayUse = {"vocabulary", "engine.rail.tlv"})
package cn.onecard.engine.rail.iso8583;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
