/** Cards, PSAMs and readers made of bytes: inside the process, as a javax.smartcardio provider, and behind a real PC/SC
 *  service, as clients of its virtual readers. They behave as the chip manuals say, down to the status words. Knows nothing
 *  of the adapter's own way to talk to cards but the port that readers have. */
@NullMarked
@Room(name = "terminal.sim", mayUse = {"vocabulary", "purse", "terminal.pcsc", "terminal.reader"})
package cn.onecard.terminal.sim;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
