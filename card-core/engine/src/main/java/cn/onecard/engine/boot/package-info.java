/** The doorstep of the core: command line, configuration, clock, pools, servers. Made once, handed to the corridor; no rule of
 *  the field is decided here. */
@NullMarked
@Room(name = "engine.boot", mayUse = {"vocabulary", "sql", "engine.receive", "engine.key", "engine.card", "engine.verify", "engine.admit", "engine.post", "engine.order", "engine.office", "engine.flow", "engine.outbox", "engine.bill", "engine.api", "engine.bench",
    "engine.bench.ingest", "engine.bench.crash", "engine.bench.crowd", "engine.bench.pay",
    "engine.rail.file", "engine.rail.iso8583", "engine.rail.unionpay", "engine.rail.utility", "engine.rail.nhsa", "engine.rail.medical", "engine.rail.register", "engine.medical",
    "engine.partner", "engine.partner.unionpay", "engine.partner.utility", "engine.partner.medical", "engine.partner.register", "engine.partner.counter"})
package cn.onecard.engine.boot;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
