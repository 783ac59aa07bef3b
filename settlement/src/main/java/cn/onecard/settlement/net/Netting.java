package cn.onecard.settlement.net;

import static cn.onecard.sql.tables.clearing.Tables.NET_POSITION;
import static cn.onecard.sql.tables.clearing.Tables.PAYOUT;

import cn.onecard.settlement.clear.ClearedDay;
import cn.onecard.settlement.clear.Funding;
import cn.onecard.settlement.clear.LedgerAccount;
import cn.onecard.settlement.clear.Share;
import cn.onecard.settlement.clear.TrialBalance;
import cn.onecard.settlement.day.DayRuns;
import cn.onecard.settlement.day.Parties;
import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.Stage;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Nets cleared days, taps and payments together. What the cardholders paid and paid in is what parties are owed or owe and what lies
 *  in suspense: the positions of a day add up to zero, or the day is not netted. Parties that took something or get a share have a
 *  position, even if it is nothing.
 *
 *  <p>A party that owes something at the end of a day (it gave back more than it took, or took money in for accounts) is paid nothing,
 *  and the debt is carried to its next days. The card company is not paid: its own share stays on the account that pays. */
public final class Netting {
    private final DSLContext dsl;
    private final Progress progress;

    public Netting(DSLContext dsl, Progress progress) {
        this.dsl = dsl;
        this.progress = progress;
    }

    /** Nets a day. A day that is netted already is only worked out again. */
    public NettedDay net(ClearedDay cleared) {
        DayRuns runs = new DayRuns(dsl);
        boolean done = runs.run(cleared.date()).stage().hasPassed(Stage.NETTED);
        if (!done) {
            runs.requireEarlierDays(cleared.date(), Stage.NETTED);      // debts are carried from day to day
        }
        NettedDay netted = workOut(cleared);
        if (!done) {
            dsl.transaction(transaction -> write(transaction.dsl(), netted));
            progress.reached(Stage.NETTED, "positions", netted.positions().size(), netted.positions().size());
        }
        return netted;
    }

    /** The positions and payouts of a day, without writing them down. */
    public NettedDay workOut(ClearedDay cleared) {
        List<Position> positions = positions(cleared);
        Map<PartyId, Money> carried = carriedBefore(cleared.date());
        Map<PartyId, Money> net = new TreeMap<>();
        carried.keySet().forEach(party -> net.put(party, Money.ZERO));
        positions.stream().filter(Position::isParty).forEach(position -> net.put(new PartyId(position.holder()), position.net()));
        if (!net.isEmpty()) {
            net.remove(Parties.load(dsl).cardCompany().id());
        }
        List<Payout> payouts = new ArrayList<>();
        net.forEach((party, amount) -> payouts.add(Payout.of(party, carried.getOrDefault(party, Money.ZERO), amount)));
        return new NettedDay(cleared, positions, payouts);
    }

    private static List<Position> positions(ClearedDay cleared) {
        TrialBalance balance = cleared.trialBalance();
        Map<Integer, Money> net = new TreeMap<>();
        net.put(Position.SUSPENSE, change(balance, LedgerAccount.SUSPENSE));
        net.put(Position.PURSES, change(balance, LedgerAccount.PURSES));
        putIfMoved(net, Position.WALLETS, balance.account(LedgerAccount.WALLETS));
        putIfMoved(net, Position.MEDICAL_ACCOUNTS, balance.account(LedgerAccount.MEDICAL_ACCOUNTS));
        putIfMoved(net, Position.LOADS_IN_FLIGHT, balance.account(LedgerAccount.LOADS_IN_FLIGHT));
        putIfMoved(net, Position.TRANSFERS, balance.account(LedgerAccount.TRANSFERS));
        for (Share share : cleared.shares()) {
            net.putIfAbsent(share.takings().party().value(), Money.ZERO);
            net.merge(share.beneficiary().value(), share.amount(), Money::plus);
        }
        for (Funding funding : cleared.fundings()) {
            net.merge(funding.party().value(), funding.paidOut().minus(funding.paidIn()), Money::plus);
        }
        Money sum = net.values().stream().reduce(Money.ZERO, Money::plus);
        if (!sum.equals(Money.ZERO)) {
            throw new IllegalStateException("the positions of " + cleared.date() + " add up to " + sum);
        }
        return net.entrySet().stream().map(entry -> new Position(entry.getKey(), entry.getValue())).toList();
    }

    private static void putIfMoved(Map<Integer, Money> net, int holder, LedgerAccount account) {
        if (account.debitFen() != 0 || account.creditFen() != 0) {
            net.put(holder, Money.ofFen(account.changeFen()));
        }
    }

    private static Money change(TrialBalance balance, int account) {
        return Money.ofFen(balance.account(account).changeFen());
    }

    /** What parties owed when the last day before this one had been paid. */
    private Map<PartyId, Money> carriedBefore(BusinessDate date) {
        Map<PartyId, Money> carried = new TreeMap<>();
        dsl.select(PAYOUT.PARTY_ID, PAYOUT.CARRIED_OUT_FEN).from(PAYOUT)
                .where(PAYOUT.CARRIED_OUT_FEN.ne(0L), PAYOUT.BUSINESS_DATE.eq(
                        dsl.select(DSL.max(PAYOUT.BUSINESS_DATE)).from(PAYOUT).where(PAYOUT.BUSINESS_DATE.lt(date))))
                .forEach(row -> carried.put(new PartyId(row.value1()), Money.ofFen(row.value2())));
        return carried;
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
        transaction.deleteFrom(PAYOUT).where(PAYOUT.BUSINESS_DATE.eq(netted.date())).execute();
        for (Payout payout : netted.payouts()) {
            transaction.insertInto(PAYOUT).set(PAYOUT.BUSINESS_DATE, netted.date()).set(PAYOUT.PARTY_ID, payout.party().value())
                    .set(PAYOUT.CARRIED_IN_FEN, payout.carriedIn().fen()).set(PAYOUT.NET_FEN, payout.net().fen())
                    .set(PAYOUT.PAID_FEN, payout.paid().fen()).set(PAYOUT.CARRIED_OUT_FEN, payout.carriedOut().fen()).execute();
        }
        DayRuns.advance(transaction, netted.date(), Stage.NETTED, Map.of());
    }
}
