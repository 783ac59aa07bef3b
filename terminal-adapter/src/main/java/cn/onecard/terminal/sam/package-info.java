/** The terminal's PSAM (消费安全存取模块): its number, and the codes that make a purchase. A purchase's terms reach it as they
 *  reached the card. Knows nothing of records to be kept. */
@NullMarked
@Room(name = "terminal.sam", mayUse = {"vocabulary", "terminal.card", "terminal.reader"})
package cn.onecard.terminal.sam;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
