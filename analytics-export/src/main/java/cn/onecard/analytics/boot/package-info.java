/** The doorstep: command line, data directory, connection and random source are made here and handed on. Every expected failure
 *  ends as one line and an exit code. Knows none of the rules. */
@NullMarked
@Room(name = "analytics.boot", mayUse = {"vocabulary", "sql", "analytics.extract", "analytics.publish", "analytics.portal", "analytics.flow"})
package cn.onecard.analytics.boot;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
