package cn.onecard.settlement.clear;

import static cn.onecard.sql.tables.clearing.Tables.CLEARED_PAYMENT;
import static cn.onecard.sql.tables.clearing.Tables.CLEARED_SHARE;
import static cn.onecard.sql.tables.clearing.Tables.DAY_RUN;
import static cn.onecard.sql.tables.clearing.Tables.FUNDING;
import static cn.onecard.sql.tables.clearing.Tables.SEALED_TAP;

import cn.onecard.settlement.clear.Takings.Source;
import cn.onecard.settlement.day.DayRun;
import cn.onecard.settlement.day.DayRuns;
import cn.onecard.settlement.day.Parties;
import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.Services;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.day.Stage;
import cn.onecard.settlement.seal.SealedDay;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Clears sealed days.
 *
 *  <p>The database adds up the accepted taps and the captured payments of each party and service; only these few sums come here. Each
 *  is split by the weights of its rule with the largest remainder, once a day and not once a tap, so that no more than a fen is ever
 *  rounded. What was given back is split by the rules that the capture was cleared with, however long ago.
 *
 *  <p>Takings that no rule covers stop the night before anything is written: money that nobody has been promised is a
 *  mistake in the contracts, and must not end up with somebody by default. */
public final class Clearing {
    private static final int ACCEPTED = 0;

    private final DSLContext dsl;
    private final Progress progress;

    public Clearing(DSLContext dsl, Progress progress) {
        this.dsl = dsl;
        this.progress = progress;
    }

    /** Clears a day. A day that is cleared already is worked out again with the rules it was cleared with.
     *
     *  @throws SettlementFailure if takings are not covered by a rule, a share belongs to nobody that is registered, an earlier day is
     *      not cleared yet, or the trial balance does not balance */
    public ClearedDay clear(SealedDay sealed) {
        DayRuns runs = new DayRuns(dsl);
        boolean done = runs.run(sealed.date()).stage().hasPassed(Stage.CLEARED);
        if (!done) {
            runs.requireEarlierDays(sealed.date(), Stage.CLEARED);      // balances go from day to day
        }
        ClearedDay cleared = workOut(sealed);
        if (!done) {
            dsl.transaction(transaction -> write(transaction.dsl(), cleared));
            progress.reached(Stage.CLEARED, "shares", cleared.shares().size(), cleared.shares().size());
        }
        return cleared;
    }

    /** Shares a day out without writing it down: with the rules it was cleared with or, before that, those that hold on it. */
    public ClearedDay workOut(SealedDay sealed) {
        TrialBalance balance = TrialBalance.of(dsl, sealed);
        int version = version(sealed.date());
        List<Takings> takings = listTakings(sealed, version);
        List<Funding> fundings = new PaymentSums(dsl, Services.load(dsl)).listFundings(sealed.date());
        checkSums(sealed, takings, balance);
        boolean earned = takings.stream().anyMatch(one -> one.source() != Source.REFUNDS);
        if (earned && version == 0) {
            throw new SettlementFailure("no fee rules hold on " + sealed.date() + ": load them with ./onecard settle fees");
        }
        return new ClearedDay(sealed, earned ? version : 0, share(takings, fundings), fundings, balance);
    }

    /** The rules that a day is cleared with; 0 if there are none. */
    private int version(BusinessDate date) {
        Optional<DayRun> run = new DayRuns(dsl).findRun(date).filter(one -> one.stage().hasPassed(Stage.CLEARED) && one.feeVersion() != 0);
        return run.map(DayRun::feeVersion).or(() -> new FeeBook(dsl).findVersion(date).map(FeeVersion::number)).orElse(0);
    }

    /** What each party took and gave back in each service. */
    private List<Takings> listTakings(SealedDay sealed, int version) {
        Services services = Services.load(dsl);
        List<Takings> takings = new ArrayList<>(dsl
                .select(SEALED_TAP.PARTY_ID, SEALED_TAP.SERVICE_CODE, DSL.count(), DSL.sum(SEALED_TAP.AMOUNT_FEN).cast(Long.class))
                .from(SEALED_TAP)
                .where(SEALED_TAP.BUSINESS_DATE.eq(sealed.date()), SEALED_TAP.REASON_CODE.eq(ACCEPTED))
                .groupBy(SEALED_TAP.PARTY_ID, SEALED_TAP.SERVICE_CODE)
                .orderBy(SEALED_TAP.PARTY_ID, SEALED_TAP.SERVICE_CODE)
                .fetch(row -> new Takings(Source.TAPS, version, new PartyId(row.value1()), services.service(row.value2()), row.value3(),
                        Money.ofFen(row.value4()))));
        PaymentSums sums = new PaymentSums(dsl, services);
        takings.addAll(sums.listCaptures(sealed.date(), version));
        takings.addAll(sums.listRefunds(sealed.date(), captured -> captured.equals(sealed.date()) ? version : version(captured)));
        return takings;
    }

    private static void checkSums(SealedDay sealed, List<Takings> takings, TrialBalance balance) {
        Money tapped = sum(takings.stream().filter(one -> one.source() == Source.TAPS).map(Takings::gross).toList());
        if (!tapped.equals(sealed.accepted())) {
            throw new SettlementFailure("the accepted taps of " + sealed.date() + " add up to " + tapped + " in card order and to "
                    + sealed.accepted() + " in the seal");
        }
        Money owed = Money.ofFen(balance.account(LedgerAccount.OWED_TO_PARTIES).changeFen());
        Money taken = sum(takings.stream().map(Takings::gross).toList());
        if (!taken.equals(owed)) {
            throw new SettlementFailure("parties took " + taken + " on " + sealed.date() + ", and the ledger owes them " + owed);
        }
    }

    private static Money sum(List<Money> amounts) {
        return amounts.stream().reduce(Money.ZERO, Money::plus);
    }

    private List<Share> share(List<Takings> takings, List<Funding> fundings) {
        Parties parties = Parties.load(dsl);
        FeeBook fees = new FeeBook(dsl);
        Map<Integer, FeeVersion> versions = new HashMap<>();
        List<Share> shares = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Takings one : takings) {
            FeeVersion rules = versions.computeIfAbsent(one.feeVersion(), number -> fees.findVersion(number)
                    .orElseThrow(() -> new SettlementFailure("no fee rules hold for what party " + one.party() + " took in " + one.service()
                            + ": load them with ./onecard settle fees")));
            Map<PartyId, Long> weights = rules.weights(one.party(), one.service());
            if (weights.isEmpty()) {
                wrong.add("no rule covers party " + one.party() + " in " + one.service() + " (fee version " + rules.number() + ")");
                continue;
            }
            weights.keySet().stream().filter(party -> parties.findParty(party).isEmpty())
                    .forEach(party -> wrong.add("beneficiary " + party + " is not registered"));
            shares.addAll(split(one, weights));
        }
        fundings.stream().map(Funding::party).filter(party -> parties.findParty(party).isEmpty())
                .forEach(party -> wrong.add("party " + party + ", which took money in, is not registered"));
        if (!wrong.isEmpty()) {
            throw new SettlementFailure("the day cannot be cleared: " + String.join("; ", wrong));
        }
        return shares;
    }

    private static List<Share> split(Takings takings, Map<PartyId, Long> weights) {
        List<PartyId> beneficiaries = List.copyOf(weights.keySet());
        List<Money> amounts = takings.gross().split(beneficiaries.stream().map(weights::get).toList());
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < beneficiaries.size(); i++) {
            shares.add(new Share(takings, beneficiaries.get(i), amounts.get(i)));
        }
        Money sum = amounts.stream().reduce(Money.ZERO, Money::plus);
        if (!sum.equals(takings.gross())) {
            throw new IllegalStateException("shares of " + sum + " out of " + takings);
        }
        return shares;
    }

    private static void write(DSLContext transaction, ClearedDay cleared) {
        transaction.deleteFrom(CLEARED_SHARE).where(CLEARED_SHARE.BUSINESS_DATE.eq(cleared.date())).execute();
        transaction.deleteFrom(CLEARED_PAYMENT).where(CLEARED_PAYMENT.BUSINESS_DATE.eq(cleared.date())).execute();
        for (Share share : cleared.shares()) {
            if (share.takings().source() == Source.TAPS) {
                writeTaps(transaction, cleared.date(), share);
            } else {
                writePayments(transaction, cleared.date(), share);
            }
        }
        transaction.deleteFrom(FUNDING).where(FUNDING.BUSINESS_DATE.eq(cleared.date())).execute();
        for (Funding funding : cleared.fundings()) {
            transaction.insertInto(FUNDING).set(FUNDING.BUSINESS_DATE, cleared.date()).set(FUNDING.PARTY_ID, funding.party().value())
                    .set(FUNDING.PAID_IN_FEN, funding.paidIn().fen()).set(FUNDING.PAID_OUT_FEN, funding.paidOut().fen()).execute();
        }
        cleared.trialBalance().write(transaction, cleared.date());
        DayRuns.advance(transaction, cleared.date(), Stage.CLEARED, Map.of(DAY_RUN.FEE_VERSION, cleared.feeVersion()));
    }

    private static void writeTaps(DSLContext transaction, BusinessDate date, Share share) {
        transaction.insertInto(CLEARED_SHARE)
                .set(CLEARED_SHARE.BUSINESS_DATE, date)
                .set(CLEARED_SHARE.PARTY_ID, share.takings().party().value())
                .set(CLEARED_SHARE.SERVICE_CODE, share.takings().service().code())
                .set(CLEARED_SHARE.BENEFICIARY_ID, share.beneficiary().value())
                .set(CLEARED_SHARE.TAP_COUNT, share.takings().count())
                .set(CLEARED_SHARE.GROSS_FEN, share.takings().gross().fen())
                .set(CLEARED_SHARE.SHARE_FEN, share.amount().fen())
                .execute();
    }

    private static void writePayments(DSLContext transaction, BusinessDate date, Share share) {
        transaction.insertInto(CLEARED_PAYMENT)
                .set(CLEARED_PAYMENT.BUSINESS_DATE, date)
                .set(CLEARED_PAYMENT.SOURCE_CODE, share.takings().source().code())
                .set(CLEARED_PAYMENT.FEE_VERSION, share.takings().feeVersion())
                .set(CLEARED_PAYMENT.PARTY_ID, share.takings().party().value())
                .set(CLEARED_PAYMENT.SERVICE_CODE, share.takings().service().code())
                .set(CLEARED_PAYMENT.BENEFICIARY_ID, share.beneficiary().value())
                .set(CLEARED_PAYMENT.ITEM_COUNT, share.takings().count())
                .set(CLEARED_PAYMENT.GROSS_FEN, share.takings().gross().fen())
                .set(CLEARED_PAYMENT.SHARE_FEN, share.amount().fen())
                .execute();
    }
}
