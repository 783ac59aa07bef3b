/** The codes that are drawn and scanned: a merchant's and a payer's after EMVCo, and the city's own. Each is read from its text and
 *  written to it, and what is read is written to the same text again. Knows no keys, but asks for a signature and for a
 *  check of one; knows nobody's account. */
@NullMarked
@Room(name = "engine.rail.qr", mayUse = {"vocabulary", "engine.rail.tlv"})
package cn.onecard.engine.rail.qr;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
