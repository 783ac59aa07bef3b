/** Generates the typed tables at build time. Not in the jar. */
@NullMarked
@Room(name = "sql.codegen", mayUse = {"sql", "sql.embedded"})
package cn.onecard.sql.codegen;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
