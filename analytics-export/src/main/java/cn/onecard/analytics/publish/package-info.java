/** Writes a protected day as files, reads them back to check every rule against the raw cube, and keeps the releases. A release
 *  that the verifier did not pass cannot be stored, and a stored one never changes. Knows nothing of who asks for it. */
@NullMarked
@Room(name = "analytics.publish", mayUse = {"vocabulary", "analytics.extract", "analytics.protect"})
package cn.onecard.analytics.publish;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
