/** Bills that the health insurance shares: their split, where they stand, and what was done to the patient. The parts of a bill add up
 *  to its total, always; a patient's items are sealed under a key of their own, and nothing leaves of them but totals of categories.
 *  Knows no link, no order and no account. */
@NullMarked
@Room(name = "engine.medical", mayUse = {"vocabulary", "sql.tables", "engine.key", "engine.rail.nhsa"})
package cn.onecard.engine.medical;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
