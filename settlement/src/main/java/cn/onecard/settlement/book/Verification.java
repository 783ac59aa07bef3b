package cn.onecard.settlement.book;

import static cn.onecard.sql.tables.clearing.Tables.CARD_FINDING;
import static cn.onecard.sql.tables.clearing.Tables.CLEARED_PAYMENT;
import static cn.onecard.sql.tables.clearing.Tables.CLEARED_SHARE;
import static cn.onecard.sql.tables.clearing.Tables.DAY_CARD;
import static cn.onecard.sql.tables.clearing.Tables.NET_POSITION;
import static cn.onecard.sql.tables.clearing.Tables.PAYOUT;
import static cn.onecard.sql.tables.clearing.Tables.TRIAL_BALANCE;

import cn.onecard.settlement.clear.ClearedDay;
import cn.onecard.settlement.clear.Clearing;
import cn.onecard.settlement.clear.Share;
import cn.onecard.settlement.clear.Takings;
import cn.onecard.settlement.day.DayRun;
import cn.onecard.settlement.day.DayRuns;
import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.day.Stage;
import cn.onecard.settlement.net.Netting;
import cn.onecard.settlement.net.NettedDay;
import cn.onecard.settlement.net.Position;
import cn.onecard.settlement.seal.CardChain;
import cn.onecard.settlement.seal.CardFinding;
import cn.onecard.settlement.seal.DayCard;
import cn.onecard.settlement.seal.SealedDay;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardCounter;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jooq.DSLContext;

/** Recomputes a settled day from the ledger and says where the books and the files differ from it.
 *
 *  <p>It goes the way the night went: the journal against its seal, row by row against its copy in card order, then what follows from
 *  them: takings, account entries, cards, findings, shares, trial balance, positions, payouts, files. Each is worked out anew and laid beside what is stored. What lies in
 *  the registers (names, accounts, districts of terminals) is taken as it is today, except that the district of a copied row is
 *  the one of its night and is not compared. */
public final class Verification {
    private final DSLContext dsl;
    private final Progress progress;
    private final FileCheck files;

    public Verification(DSLContext dsl, Progress progress, FileCheck files) {
        this.dsl = dsl;
        this.progress = progress;
        this.files = files;
    }

    /** Verifies a day.
     *
     *  @param sealed what the books say of it
     *  @throws SettlementFailure if the day is not published, so that there is nothing to verify yet */
    public Discrepancies verify(SealedDay sealed) {
        BusinessDate date = sealed.date();
        DayRun run = new DayRuns(dsl).run(date);
        if (!run.stage().hasPassed(Stage.PUBLISHED)) {
            throw new SettlementFailure("business date " + date + " is " + run.stage().name().toLowerCase(Locale.ROOT) + ", not published yet");
        }
        Discrepancies found = new Discrepancies();
        Set<Long> named = new CopyComparison(dsl, progress).compare(date, found);
        told("rows");
        new SealCheck(dsl, progress).check(run, named, found);
        told("seal");
        new TakingsCheck(dsl).check(date, found);
        told("takings");
        attempt("the account entries cannot be sealed: ", () -> new PaymentCheck(dsl, progress).check(sealed, found), found);
        told("payments");
        attempt("the cards cannot be recomputed: ", () -> checkCards(date, found), found);
        attempt("the findings cannot be recomputed: ", () -> checkFindings(date, found), found);
        told("cards");
        attempt("the files cannot be recomputed: ", () -> checkMoney(sealed, run, found), found);
        told("files");
        return found;
    }

    /** Twelve digits for what should be a terminal number. */
    static String hex(long psamNo) {
        return HexFormat.of().withUpperCase().toHexDigits(psamNo, 12);
    }

    private void checkCards(BusinessDate date, Discrepancies found) {
        byte[] salt = new DayRuns(dsl).cardSalt(date);
        try (Stream<DayCard> computed = new CardChain(dsl).listCards(date, salt);
                var stored = dsl.selectFrom(DAY_CARD).where(DAY_CARD.BUSINESS_DATE.eq(date)).orderBy(DAY_CARD.DAY_CARD_NO)
                        .fetchSize(Integer.MIN_VALUE).fetchLazy()) {
            long number = 0;
            Iterator<DayCard> cards = computed.iterator();
            var rows = stored.iterator();
            while (cards.hasNext() && rows.hasNext()) {
                DayCard card = cards.next();
                var row = rows.next();
                number++;
                if (!card.card().equals(row.getCardNo()) || row.getDayCardNo() != number || row.getTapCount() != card.tapCount()
                        || row.getAmountFen() != card.amount().fen() || row.getLastCounter() != card.lastCounter()
                        || row.getBalanceAfterFen() != card.balanceAfter().fen()) {
                    found.add("card " + card.card().masked() + ": its row in day_card (number " + row.getDayCardNo() + ") is not what follows from its taps");
                }
            }
            if (cards.hasNext() || rows.hasNext()) {
                found.add(cards.hasNext() ? "day_card: cards are missing after number " + number : "day_card: there are cards too many after number " + number);
            }
        }
    }

    private void checkFindings(BusinessDate date, Discrepancies found) {
        try (Stream<CardFinding> computed = new CardChain(dsl).listFindings(date);
                var stored = dsl.selectFrom(CARD_FINDING).where(CARD_FINDING.BUSINESS_DATE.eq(date))
                        .orderBy(CARD_FINDING.CARD_NO, CARD_FINDING.CARD_COUNTER, CARD_FINDING.FINDING_CODE)
                        .fetchSize(Integer.MIN_VALUE).fetchLazy()) {
            Iterator<CardFinding> findings = computed.iterator();
            var rows = stored.iterator();
            while (findings.hasNext() || rows.hasNext()) {
                if (!findings.hasNext()) {
                    found.add("card " + rows.next().getCardNo().masked() + ": a finding in the books does not follow from the taps");
                    continue;
                }
                CardFinding finding = findings.next();
                if (!rows.hasNext()) {
                    found.add("card " + finding.card().masked() + ", counter " + finding.counter().value() + ": the books lack " + finding.kind());
                    continue;
                }
                var row = rows.next();
                CardFinding inBooks = new CardFinding(row.getCardNo(), new CardCounter(row.getCardCounter()),
                        CardFinding.Kind.byCode(row.getFindingCode()), row.getExpected(), row.getFound());
                if (!finding.equals(inBooks)) {
                    found.add("card " + finding.card().masked() + ", counter " + finding.counter().value() + ": " + finding.kind()
                            + " follows from the taps, the books have " + inBooks.kind() + " at counter " + inBooks.counter().value());
                }
            }
        }
    }

    /** Where rows have been tampered with, what follows from them may not add up, or may not even be a card or a reason. That is a
     *  difference like others. */
    private static void attempt(String what, Runnable check, Discrepancies found) {
        try {
            check.run();
        } catch (SettlementFailure | IllegalArgumentException | IllegalStateException impossible) {
            found.add(what + impossible.getMessage());
        }
    }

    private void checkMoney(SealedDay sealed, DayRun run, Discrepancies found) {
        ClearedDay cleared = new Clearing(dsl, progress).workOut(sealed);
        if (cleared.feeVersion() != run.feeVersion()) {
            found.add("fee version " + run.feeVersion() + " is in the books, " + cleared.feeVersion() + " was applied");
        }
        compare("share", shares(cleared), storedShares(sealed.date()), found);
        compare("account", trialBalance(cleared), storedTrialBalance(sealed.date()), found);
        NettedDay netted = new Netting(dsl, progress).workOut(cleared);
        compare("net position of", positions(netted), storedPositions(sealed.date()), found);
        compare("payout to", payouts(netted), storedPayouts(sealed.date()), found);
        files.check(netted, found);
    }

    private static void compare(String what, Map<String, String> computed, Map<String, String> stored, Discrepancies found) {
        Map<String, String> all = new TreeMap<>(stored);
        all.putAll(computed);
        for (String key : all.keySet()) {
            String left = computed.getOrDefault(key, "nothing");
            String right = stored.getOrDefault(key, "nothing");
            if (!Objects.equals(left, right)) {
                found.add(what + " " + key + " is " + left + " by the ledger and " + right + " in the books");
            }
        }
    }

    private static Map<String, String> shares(ClearedDay cleared) {
        Map<String, String> shares = new TreeMap<>();
        for (Share share : cleared.shares()) {
            Takings takings = share.takings();
            shares.put(key(takings.party().value(), takings.service().code(), share.beneficiary().value()) + behind(takings.source().code(), takings.feeVersion()),
                    share.amount().fen() + " of " + takings.gross() + " in " + takings.count());
        }
        return shares;
    }

    private Map<String, String> storedShares(BusinessDate date) {
        Map<String, String> shares = new TreeMap<>();
        dsl.selectFrom(CLEARED_SHARE).where(CLEARED_SHARE.BUSINESS_DATE.eq(date)).forEach(row ->
                shares.put(key(row.getPartyId(), row.getServiceCode(), row.getBeneficiaryId()),
                        row.getShareFen() + " of " + row.getGrossFen() + " fen in " + row.getTapCount()));
        dsl.selectFrom(CLEARED_PAYMENT).where(CLEARED_PAYMENT.BUSINESS_DATE.eq(date)).forEach(row ->
                shares.put(key(row.getPartyId(), row.getServiceCode(), row.getBeneficiaryId()) + behind(row.getSourceCode(), row.getFeeVersion()),
                        row.getShareFen() + " of " + row.getGrossFen() + " fen in " + row.getItemCount()));
        return shares;
    }

    private static String behind(int source, int feeVersion) {
        return source == Takings.Source.TAPS.code() ? ""
                : (source == Takings.Source.REFUNDS.code() ? ", refunds" : ", payments") + " by fee version " + feeVersion;
    }

    private static Map<String, String> trialBalance(ClearedDay cleared) {
        Map<String, String> accounts = new TreeMap<>();
        cleared.trialBalance().accounts().forEach(account -> accounts.put(Integer.toString(account.number()),
                ledgerAccount(account.debitFen(), account.creditFen(), account.balanceFen())));
        return accounts;
    }

    private Map<String, String> storedTrialBalance(BusinessDate date) {
        Map<String, String> accounts = new TreeMap<>();
        dsl.selectFrom(TRIAL_BALANCE).where(TRIAL_BALANCE.BUSINESS_DATE.eq(date)).forEach(row -> accounts.put(row.getAccountNo().toString(),
                ledgerAccount(row.getDebitFen(), row.getCreditFen(), row.getBalanceFen())));
        return accounts;
    }

    private static String ledgerAccount(long debitFen, long creditFen, long balanceFen) {
        return balanceFen + " fen after debits of " + debitFen + " and credits of " + creditFen;
    }

    private static Map<String, String> payouts(NettedDay netted) {
        Map<String, String> payouts = new TreeMap<>();
        netted.payouts().forEach(one -> payouts.put("party " + one.party(),
                payout(one.carriedIn().fen(), one.net().fen(), one.paid().fen(), one.carriedOut().fen())));
        return payouts;
    }

    private Map<String, String> storedPayouts(BusinessDate date) {
        Map<String, String> payouts = new TreeMap<>();
        dsl.selectFrom(PAYOUT).where(PAYOUT.BUSINESS_DATE.eq(date)).forEach(row -> payouts.put("party " + row.getPartyId(),
                payout(row.getCarriedInFen(), row.getNetFen(), row.getPaidFen(), row.getCarriedOutFen())));
        return payouts;
    }

    private static String payout(long carriedIn, long net, long paid, long carriedOut) {
        return paid + " fen for " + net + " with " + carriedIn + " carried in and " + carriedOut + " carried on";
    }

    private static String key(int party, int service, int beneficiary) {
        return "of party " + beneficiary + " in the takings of party " + party + ", service " + service;
    }

    private static Map<String, String> positions(NettedDay netted) {
        Map<String, String> positions = new TreeMap<>();
        for (Position position : netted.positions()) {
            positions.put(holder(position.holder()), position.net().toString());
        }
        return positions;
    }

    private Map<String, String> storedPositions(BusinessDate date) {
        Map<String, String> positions = new TreeMap<>();
        dsl.selectFrom(NET_POSITION).where(NET_POSITION.BUSINESS_DATE.eq(date))
                .forEach(row -> positions.put(holder(row.getPartyId()), row.getNetFen() + " fen"));
        return positions;
    }

    private static String holder(int holder) {
        return switch (holder) {
            case Position.PURSES -> "the purses";
            case Position.SUSPENSE -> "suspense";
            case Position.WALLETS -> "the wallets";
            case Position.MEDICAL_ACCOUNTS -> "the medical accounts";
            case Position.LOADS_IN_FLIGHT -> "loads in flight";
            case Position.TRANSFERS -> "transfers in flight";
            default -> "party " + holder;
        };
    }

    private void told(String step) {
        progress.reached(Stage.PUBLISHED, "verified: " + step, 1, 1);
    }
}
