/** Proves a tap by its TAC, under the key of the card it claims to be. Every framed tap leaves as exactly one of VerifiedTap,
 *  UnprovenTap or ForgedTap. Knows nothing of fares, card states, tables or the time of day. */
@NullMarked
@Room(name = "engine.verify", mayUse = {"vocabulary", "wire", "purse", "engine.receive", "engine.card", "engine.key"})
package cn.onecard.engine.verify;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
