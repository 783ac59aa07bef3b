/** Reads one settled day from the export views and adds it up into a cube whose size depends on the code lists, never on
 *  the number of taps. What one card can add to the cube is bounded before it is added. Knows nothing of what may be
 *  published. */
@NullMarked
@Room(name = "analytics.extract", mayUse = {"vocabulary", "sql.tables"})
package cn.onecard.analytics.extract;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
