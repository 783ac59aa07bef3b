package cn.onecard.settlement.net;

import static cn.onecard.sql.tables.clearing.Tables.NET_POSITION;

import cn.onecard.settlement.clear.ClearedDay;
import cn.onecard.settlement.clear.Share;
import cn.onecard.settlement.day.DayRuns;
import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.Stage;
import cn.onecard.vocabulary.Money;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;

/** Nets cleared days. What the purses paid is what parties are owed and what lies in suspense: the positions of a day add up to
 *  zero, or the day is not netted. Parties that took something or get a share have a position, even if it is nothing. */
public final class Netting {
    private final DSLContext dsl;
    private final Progress progress;

    public Netting(DSLContext dsl, Progress progress) {
        this.dsl = dsl;
        this.progress = progress;
    }

    /** Nets a day. A day that is netted already is only worked out again. */
    public NettedDay net(ClearedDay cleared) {
        NettedDay netted = workOut(cleared);
        if (!new DayRuns(dsl).run(cleared.date()).stage().hasPassed(Stage.NETTED)) {
            dsl.transaction(transaction -> write(transaction.dsl(), netted));
            progress.reached(Stage.NETTED, "positions", netted.positions().size(), netted.positions().size());
        }
        return netted;
    }

    /** The positions of a day, without writing them down. */
    public static NettedDay workOut(ClearedDay cleared) {
        Money accepted = cleared.sealed().accepted();
        Money suspense = cleared.sealed().suspense();
        Map<Integer, Money> net = new TreeMap<>();
        net.put(Position.SUSPENSE, suspense);
        net.put(Position.PURSES, accepted.plus(suspense).negated());
        for (Share share : cleared.shares()) {
            net.putIfAbsent(share.takings().party().value(), Money.ZERO);
            net.merge(share.beneficiary().value(), share.amount(), Money::plus);
        }
        Money sum = net.values().stream().reduce(Money.ZERO, Money::plus);
        if (!sum.equals(Money.ZERO)) {
            throw new IllegalStateException("the positions of " + cleared.date() + " add up to " + sum);
        }
        List<Position> positions = net.entrySet().stream().map(entry -> new Position(entry.getKey(), entry.getValue())).toList();
        return new NettedDay(cleared, positions);
    }

    private static void write(DSLContext transaction, NettedDay netted) {
        transaction.deleteFrom(NET_POSITION).where(NET_POSITION.BUSINESS_DATE.eq(netted.date())).execute();
        for (Position position : netted.positions()) {
            transaction.insertInto(NET_POSITION)
                    .set(NET_POSITION.BUSINESS_DATE, netted.date())
                    .set(NET_POSITION.PARTY_ID, position.holder())
                    .set(NET_POSITION.NET_FEN, position.net().fen())
                    .execute();
        }
        DayRuns.advance(transaction, netted.date(), Stage.NETTED, Map.of());
    }
}
