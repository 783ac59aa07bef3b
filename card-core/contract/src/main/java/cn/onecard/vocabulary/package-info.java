/** The words that two programs share: money, card and terminal numbers, dates, reasons. Every value is checked when it
 *  is made and never changes afterwards. Knows nothing of frames, tables, keys or sockets. */
@NullMarked
@Room(name = "vocabulary")
package cn.onecard.vocabulary;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
