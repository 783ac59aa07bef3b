/** The bills of water, electricity and gas companies that are paid here (水电气代缴), as the ledger keeps them: which payment a bill is in
 *  the hands of, what is to be taken back, what the two sides say differently, and whose bills are paid unasked. Accounts at
 *  billers lie sealed. Calls no biller and moves no money. */
@NullMarked
@Room(name = "engine.bill", mayUse = {"vocabulary", "sql.tables", "engine.key", "engine.order", "engine.rail.utility"})
package cn.onecard.engine.bill;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
