/** A biller to practise on (水电气代缴): accounts of invented residents with their bills, behind JSON over HTTPS, files over SFTP
 *  or frames in the style of ISO 8583, which goes wrong as it is told. It keeps its book in memory and knows nothing of the rooms that
 *  talk to it. */
@NullMarked
@Room(name = "engine.partner.utility", mayUse = {"vocabulary", "engine.key", "engine.rail.bill", "engine.rail.iso8583", "engine.partner"})
package cn.onecard.engine.partner.utility;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
