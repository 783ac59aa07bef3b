/** A UnionPay acquirer to practise on: a program of its own with accounts, terminals and the rules of the host, which can be told to
 *  be slow, to break off before or after it has acted, to answer garbage, twice, or somebody else. It keeps all in memory and
 *  knows nothing of the rooms that talk to it. */
@NullMarked
@Room(name = "engine.partner.unionpay", mayUse = {"vocabulary", "engine.key", "engine.rail.iso8583", "engine.partner"})
package cn.onecard.engine.partner.unionpay;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
