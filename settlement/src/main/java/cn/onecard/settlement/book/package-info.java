/** Reads the books: recomputes a settled day from the ledger and says where it differs, and lists the days. Never changes a
 *  row or a published file. */
@NullMarked
@Room(name = "settlement.book", mayUse = {"vocabulary", "sql.tables", "settlement.day",
    "settlement.seal", "settlement.clear", "settlement.net", "settlement.payout"})
package cn.onecard.settlement.book;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
