package cn.onecard.settlement.clear;

import static cn.onecard.sql.tables.clearing.Tables.TRIAL_BALANCE;
import static cn.onecard.sql.tables.ledger.Tables.ACCOUNT;

import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.seal.SealedDay;
import cn.onecard.vocabulary.BusinessDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** The trial balance of a day (试算平衡): debits and credits of every account of the chart, from taps and payments, and where it
 *  stands. Debits are credits, and what cardholders' accounts hold one by one is what the chart holds for them all, or the day is not
 *  cleared. */
public final class TrialBalance {
    private static final String MOVED = """
            SELECT debit_account, credit_account, CAST(SUM(ABS(amount_fen)) AS SIGNED) AS moved_fen
            FROM ledger.account_entry WHERE business_date = ? AND amount_fen <> 0 GROUP BY debit_account, credit_account
            """;
    /** What accounts held when the day ended: what they hold now without what came later; one statement, so one moment. */
    private static final String HELD = """
            SELECT kind_code, CAST(SUM(fen) AS SIGNED) AS fen FROM (
              SELECT kind_code, SUM(balance_fen) AS fen FROM ledger.pay_account GROUP BY kind_code
              UNION ALL
              SELECT kind_code, -SUM(amount_fen) AS fen FROM ledger.account_entry WHERE business_date > ? GROUP BY kind_code) held
            GROUP BY kind_code
            """;
    private static final Map<Integer, Integer> ACCOUNT_OF_KIND =
            Map.of(1, LedgerAccount.WALLETS, 2, LedgerAccount.MEDICAL_ACCOUNTS, 3, LedgerAccount.LOADS_IN_FLIGHT);

    private final List<LedgerAccount> accounts;

    private TrialBalance(List<LedgerAccount> accounts) {
        this.accounts = List.copyOf(accounts);
    }

    /** Every account of the chart, in the order of their numbers. */
    public List<LedgerAccount> accounts() {
        return accounts;
    }

    /** The account of a number. */
    public LedgerAccount account(int number) {
        return accounts.stream().filter(account -> account.number() == number).findFirst()
                .orElseThrow(() -> new SettlementFailure("account " + number + " is not in the chart"));
    }

    /** Draws the balance of a sealed day.
     *
     *  @throws SettlementFailure if it does not balance */
    static TrialBalance of(DSLContext dsl, SealedDay sealed) {
        Map<Integer, Long> debits = new HashMap<>();
        Map<Integer, Long> credits = new HashMap<>();
        long moved = 0;
        for (var row : dsl.resultQuery(MOVED, sealed.date().day()).fetch()) {
            long fen = row.get("moved_fen", Long.class);
            moved = Math.addExact(moved, fen);
            debits.merge(row.get("debit_account", Integer.class), fen, Math::addExact);
            credits.merge(row.get("credit_account", Integer.class), fen, Math::addExact);
        }
        if (moved != sealed.payments().moved().fen()) {
            throw new SettlementFailure("the account entries of " + sealed.date() + " moved " + moved + " fen in the ledger and "
                    + sealed.payments().moved() + " in the seal");
        }
        debits.merge(LedgerAccount.PURSES, sealed.accepted().plus(sealed.suspense()).fen(), Math::addExact);
        credits.merge(LedgerAccount.OWED_TO_PARTIES, sealed.accepted().fen(), Math::addExact);
        credits.merge(LedgerAccount.SUSPENSE, sealed.suspense().fen(), Math::addExact);
        Map<Integer, Long> before = balancesBefore(dsl, sealed.date());
        List<LedgerAccount> accounts = dsl.selectFrom(ACCOUNT).orderBy(ACCOUNT.ACCOUNT_NO).fetch(row -> {
            long debit = debits.getOrDefault(row.getAccountNo(), 0L);
            long credit = credits.getOrDefault(row.getAccountNo(), 0L);
            long balance = before.getOrDefault(row.getAccountNo(), 0L);
            return new LedgerAccount(row.getAccountNo(), row.getName(), debit, credit, Math.addExact(balance, credit - debit));
        });
        TrialBalance drawn = new TrialBalance(accounts);
        drawn.check(dsl, sealed.date());
        return drawn;
    }

    private void check(DSLContext dsl, BusinessDate date) {
        long debit = accounts.stream().mapToLong(LedgerAccount::debitFen).reduce(0, Math::addExact);
        long credit = accounts.stream().mapToLong(LedgerAccount::creditFen).reduce(0, Math::addExact);
        long sum = accounts.stream().mapToLong(LedgerAccount::balanceFen).reduce(0, Math::addExact);
        List<String> wrong = new ArrayList<>();
        if (debit != credit || sum != 0) {
            wrong.add("debits are " + debit + " fen, credits " + credit + " fen, and the balances add up to " + sum + " fen");
        }
        Map<Integer, Long> held = new HashMap<>();
        dsl.resultQuery(HELD, date.day()).forEach(row -> held.put(row.get("kind_code", Integer.class), row.get("fen", Long.class)));
        ACCOUNT_OF_KIND.forEach((kind, number) -> {
            long one = account(number).balanceFen();
            long each = held.getOrDefault(kind, 0L);
            if (one != each) {
                wrong.add("account " + number + " has " + one + " fen, and the cardholders' accounts behind it " + each + " fen");
            }
        });
        if (!wrong.isEmpty()) {
            throw new SettlementFailure("the trial balance of " + date + " does not balance: " + String.join("; ", wrong));
        }
    }

    private static Map<Integer, Long> balancesBefore(DSLContext dsl, BusinessDate date) {
        return dsl.select(TRIAL_BALANCE.ACCOUNT_NO, TRIAL_BALANCE.BALANCE_FEN).from(TRIAL_BALANCE)
                .where(TRIAL_BALANCE.BUSINESS_DATE.eq(dsl.select(DSL.max(TRIAL_BALANCE.BUSINESS_DATE)).from(TRIAL_BALANCE)
                        .where(TRIAL_BALANCE.BUSINESS_DATE.lt(date))))
                .fetchMap(TRIAL_BALANCE.ACCOUNT_NO, TRIAL_BALANCE.BALANCE_FEN);
    }

    /** Writes it down, inside the transaction that clears the day. */
    void write(DSLContext transaction, BusinessDate date) {
        transaction.deleteFrom(TRIAL_BALANCE).where(TRIAL_BALANCE.BUSINESS_DATE.eq(date)).execute();
        for (LedgerAccount account : accounts) {
            transaction.insertInto(TRIAL_BALANCE).set(TRIAL_BALANCE.BUSINESS_DATE, date).set(TRIAL_BALANCE.ACCOUNT_NO, account.number())
                    .set(TRIAL_BALANCE.DEBIT_FEN, account.debitFen()).set(TRIAL_BALANCE.CREDIT_FEN, account.creditFen())
                    .set(TRIAL_BALANCE.BALANCE_FEN, account.balanceFen()).execute();
        }
    }
}
