/** Decides whether a rated tap is booked as owed or to suspense. Every RatedTap leaves as exactly one of Admitted or Suspect,
 *  by the first Refusal that applies; an off-line tap cannot be turned away. Knows nothing of sockets, keys or the time of day. */
@NullMarked
@Room(name = "engine.admit", mayUse = {"vocabulary", "wire", "fare", "engine.cache", "engine.card", "engine.receive", "engine.verify", "engine.rate"})
package cn.onecard.engine.admit;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
