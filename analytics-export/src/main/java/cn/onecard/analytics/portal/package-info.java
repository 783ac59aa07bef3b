/** The analysts' door: catalogue and files over HTTP, each download by a known analyst and written into the audit log. Hands
 *  out what the release store holds and nothing else. Knows neither the database nor any figure that was withheld. */
@NullMarked
@Room(name = "analytics.portal", mayUse = {"analytics.publish"})
package cn.onecard.analytics.portal;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
