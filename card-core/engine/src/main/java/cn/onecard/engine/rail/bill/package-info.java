/** How bills are written on their way to a biller (缴费报文): what is signed of an exchange over HTTP, files of columns, and field 48
 *  of the 8583 style. What is read is read strictly: it would be written to the same bytes again, or it is refused. Knows no
 *  biller, no order and no socket. */
@NullMarked
@Room(name = "engine.rail.bill", mayUse = {"vocabulary", "engine.key", "engine.rail.iso8583"})
package cn.onecard.engine.rail.bill;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
