package cn.onecard.settlement.clear;

import static cn.onecard.sql.tables.clearing.Tables.CLEARED_SHARE;
import static cn.onecard.sql.tables.clearing.Tables.DAY_RUN;
import static cn.onecard.sql.tables.clearing.Tables.SEALED_TAP;

import cn.onecard.settlement.day.DayRun;
import cn.onecard.settlement.day.DayRuns;
import cn.onecard.settlement.day.Parties;
import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.day.Stage;
import cn.onecard.settlement.seal.SealedDay;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.ServiceCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Clears sealed days.
 *
 *  <p>The database adds up the accepted taps of each party and service; only these few sums come here. Each is split by the
 *  weights of its rule with the largest remainder, once a day and not once a tap, so that no more than a fen is ever rounded.
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
     *  @throws SettlementFailure if takings are not covered by a rule, or a share belongs to nobody that is registered */
    public ClearedDay clear(SealedDay sealed) {
        DayRun run = new DayRuns(dsl).run(sealed.date());
        ClearedDay cleared = workOut(sealed);
        if (!run.stage().hasPassed(Stage.CLEARED)) {
            dsl.transaction(transaction -> write(transaction.dsl(), cleared));
            progress.reached(Stage.CLEARED, "shares", cleared.shares().size(), cleared.shares().size());
        }
        return cleared;
    }

    /** Shares a day out without writing it down: with the rules it was cleared with or, before that, those that hold on it. */
    public ClearedDay workOut(SealedDay sealed) {
        DayRun run = new DayRuns(dsl).run(sealed.date());
        List<Takings> takings = listTakings(sealed);
        if (takings.isEmpty()) {
            return new ClearedDay(sealed, 0, List.of());
        }
        FeeBook fees = new FeeBook(dsl);
        Optional<FeeVersion> version = run.stage().hasPassed(Stage.CLEARED) ? fees.findVersion(run.feeVersion())
                : fees.findVersion(sealed.date());
        FeeVersion rules = version.orElseThrow(() -> new SettlementFailure("no fee rules hold on " + sealed.date() + ": load them with ./onecard settle fees"));
        return new ClearedDay(sealed, rules.number(), share(takings, rules));
    }

    /** What each party took in each service, in that order. */
    private List<Takings> listTakings(SealedDay sealed) {
        List<Takings> takings = dsl
                .select(SEALED_TAP.PARTY_ID, SEALED_TAP.SERVICE_CODE, DSL.count(), DSL.sum(SEALED_TAP.AMOUNT_FEN).cast(Long.class))
                .from(SEALED_TAP)
                .where(SEALED_TAP.BUSINESS_DATE.eq(sealed.date()), SEALED_TAP.REASON_CODE.eq(ACCEPTED))
                .groupBy(SEALED_TAP.PARTY_ID, SEALED_TAP.SERVICE_CODE)
                .orderBy(SEALED_TAP.PARTY_ID, SEALED_TAP.SERVICE_CODE)
                .fetch(row -> new Takings(new PartyId(row.value1()), service(row.value2()), row.value3(), Money.ofFen(row.value4())));
        Money gross = takings.stream().map(Takings::gross).reduce(Money.ZERO, Money::plus);
        if (!gross.equals(sealed.accepted())) {
            throw new SettlementFailure("the accepted taps of " + sealed.date() + " add up to " + gross + " in card order and to "
                    + sealed.accepted() + " in the seal");
        }
        return takings;
    }

    private List<Share> share(List<Takings> takings, FeeVersion rules) {
        Parties parties = Parties.load(dsl);
        List<Share> shares = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Takings one : takings) {
            Map<PartyId, Long> weights = rules.weights(one.party(), one.service());
            if (weights.isEmpty()) {
                wrong.add("no rule covers party " + one.party() + " in " + one.service());
                continue;
            }
            weights.keySet().stream().filter(party -> parties.findParty(party).isEmpty())
                    .forEach(party -> wrong.add("beneficiary " + party + " is not registered"));
            shares.addAll(split(one, weights));
        }
        if (!wrong.isEmpty()) {
            throw new SettlementFailure("fee version " + rules.number() + " cannot clear the day: " + String.join("; ", wrong));
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
        for (Share share : cleared.shares()) {
            transaction.insertInto(CLEARED_SHARE)
                    .set(CLEARED_SHARE.BUSINESS_DATE, cleared.date())
                    .set(CLEARED_SHARE.PARTY_ID, share.takings().party().value())
                    .set(CLEARED_SHARE.SERVICE_CODE, share.takings().service().code())
                    .set(CLEARED_SHARE.BENEFICIARY_ID, share.beneficiary().value())
                    .set(CLEARED_SHARE.TAP_COUNT, share.takings().tapCount())
                    .set(CLEARED_SHARE.GROSS_FEN, share.takings().gross().fen())
                    .set(CLEARED_SHARE.SHARE_FEN, share.amount().fen())
                    .execute();
        }
        DayRuns.advance(transaction, cleared.date(), Stage.CLEARED, Map.of(DAY_RUN.FEE_VERSION, cleared.feeVersion()));
    }

    private static ServiceCode service(int code) {
        return ServiceCode.findByCode(code).orElseThrow(() -> new SettlementFailure("an accepted tap names service " + code + ", which does not exist"));
    }
}
