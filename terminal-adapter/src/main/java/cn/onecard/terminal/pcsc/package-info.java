/** The house's own javax.smartcardio provider, over the PC/SC library of the system. A command goes to the card as it was given,
 *  every failure is a checked exception with the symbolic name of the PC/SC code in its cause, and every handle is given back. Each
 *  reader has a context of its own, so that no reader waits for another. Knows nothing of what is said to cards. */
@NullMarked
@Room(name = "terminal.pcsc")
package cn.onecard.terminal.pcsc;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
