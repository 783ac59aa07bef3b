/** The corridors: of a tap (receive, verify, rate, admit, post, reply), of a payment, of the load of a card, of a message to a partner,
 *  of a sale, of a bill, of a doctor's bill, and of what the card office does. Knows all rooms of the engine and decides nothing itself. */
@NullMarked
@Room(name = "engine.flow", mayUse = {"wire", "vocabulary", "purse", "engine.receive", "engine.key", "engine.card", "engine.verify", "engine.rate", "engine.admit", "engine.post", "engine.reply", "engine.order", "engine.office", "engine.outbox", "engine.bill", "engine.rail.bill", "engine.rail.utility", "engine.rail.iso8583", "engine.rail.line", "engine.rail.unionpay", "engine.rail.register", "engine.medical", "engine.rail.medical", "engine.rail.nhsa"})
package cn.onecard.engine.flow;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
