/** The link to the national health insurance (医疗健康): a message goes out once and comes back as done, refused, unclear, or not sent.
 *  Nothing is sent again here, and whatever is not a whole answer with the right signature is unclear. Knows no order and no account. */
@NullMarked
@Room(name = "engine.rail.medical", mayUse = {"engine.rail.nhsa", "engine.rail.descriptor"})
package cn.onecard.engine.rail.medical;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
