/** The water, electricity and gas companies (水电气代缴): a biller is one file of configuration and speaks one of the styles of
 *  {@link Link}. What is not a well-formed, authentic answer to the very request is unknown, never a failure. Knows no
 *  order, no account and no table of ours. */
@NullMarked
@Room(name = "engine.rail.utility", mayUse = {"vocabulary", "engine.key", "engine.rail.bill", "engine.rail.file", "engine.rail.iso8583", "engine.rail.line", "engine.rail.descriptor"})
package cn.onecard.engine.rail.utility;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
