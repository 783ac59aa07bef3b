/** The interface (接口) for merchants, billers, hospitals and operators: HTTPS and JSON, as {@code openapi.yaml} says. Nothing gets
 *  in that is not signed by a known caller and does not match the document; a caller sees its own orders and no others. Knows
 *  nothing of lanes, lines to partners or keys of cards. */
@NullMarked
@Room(name = "engine.api", mayUse = {"vocabulary", "sql.tables", "engine.card", "engine.office", "engine.order", "engine.flow", "engine.bill", "engine.medical", "engine.rail.iso8583", "engine.rail.unionpay", "engine.rail.utility", "engine.rail.register", "engine.rail.nhsa"})
package cn.onecard.engine.api;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
