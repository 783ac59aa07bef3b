/** One tap, from the card on the reader to the record in the store. What is debited is exactly what was asked for, and no
 *  debit is sent before its provisional record is durable. Knows nothing of files, sockets or the time of day. */
@NullMarked
@Room(name = "terminal.tap", mayUse = {"vocabulary", "wire", "purse", "terminal.reader", "terminal.card", "terminal.sam", "terminal.hotlist"})
package cn.onecard.terminal.tap;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
