/** Decides which cells of a day's cube may be published. A cell withheld can neither be computed from the published ones
 *  nor be estimated closer than the rules allow. Knows nothing of files, and of people only how many they are. */
@NullMarked
@Room(name = "analytics.protect", mayUse = {"analytics.extract"})
package cn.onecard.analytics.protect;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
