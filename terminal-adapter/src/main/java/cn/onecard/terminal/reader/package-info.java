/** Smart-card readers behind a port of our own, over the javax.smartcardio interface. A command reaches the card exactly as it
 *  was given, at most its Le byte corrected, and whatever goes wrong is one of the {@link ReaderFault}s. Knows nothing of
 *  purses, PSAMs or taps. */
@NullMarked
@Room(name = "terminal.reader", mayUse = {"terminal.pcsc"})
package cn.onecard.terminal.reader;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
