/** Carries spooled taps to the core over one gRPC stream and takes its acknowledgements. A tap leaves the spool only after the
 *  core has answered for it; whatever breaks in between is sent again. Knows nothing of cards, readers or how taps came about. */
@NullMarked
@Room(name = "terminal.uplink", mayUse = {"terminal.spool", "vocabulary", "wire"})
package cn.onecard.terminal.uplink;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
