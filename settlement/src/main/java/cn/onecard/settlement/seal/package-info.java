/** Seals a closed day: a Merkle root over every column of every tap, one over every account entry with its step, a copy in card order, and what the card checks find in
 *  it. Sealing again gives the same seal. Knows nothing of fees, parties or files. */
@NullMarked
@Room(name = "settlement.seal", mayUse = {"vocabulary", "sql.tables", "settlement.day", "settlement.collect"})
package cn.onecard.settlement.seal;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
