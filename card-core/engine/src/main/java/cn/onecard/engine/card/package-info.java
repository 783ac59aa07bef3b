/** The register: cards, PSAMs, parties, lines and fare tables, read for the corridor and filled from the issuing system's
 *  files. A file is registered whole or not at all. Knows nothing of frames, taps or sockets. */
@NullMarked
@Room(name = "engine.card", mayUse = {"vocabulary", "purse", "fare", "sql", "engine.key"})
package cn.onecard.engine.card;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
