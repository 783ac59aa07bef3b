/** The corridor: how a settled day becomes a release, read, protected, written, verified, stored, in this order and no other.
 *  It keeps what only the operator may know beside the secrets. Knows nothing of HTTP. */
@NullMarked
@Room(name = "analytics.flow", mayUse = {"vocabulary", "analytics.extract", "analytics.protect", "analytics.publish"})
package cn.onecard.analytics.flow;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
