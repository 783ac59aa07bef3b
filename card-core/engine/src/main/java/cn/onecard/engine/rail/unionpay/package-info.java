/** The bank terminal that the core is towards a UnionPay (银联) acquirer: it sells, voids, refunds, authorises, and settles its batch.
 *  Every transaction that left and has no certain answer is either undone or listed as a case, also after a crash: its row is
 *  written before it leaves. Knows no order and no account of ours, and no key but by the key room. */
@NullMarked
@Room(name = "engine.rail.unionpay", mayUse = {"vocabulary", "sql.tables", "engine.key", "engine.rail.tlv", "engine.rail.iso8583", "engine.rail.line", "engine.rail.descriptor"})
package cn.onecard.engine.rail.unionpay;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
