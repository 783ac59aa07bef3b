package cn.onecard.settlement.testing;

import static cn.onecard.sql.tables.ledger.Tables.ACCOUNT_ENTRY;
import static cn.onecard.sql.tables.ledger.Tables.ORDER_STEP;
import static cn.onecard.sql.tables.ledger.Tables.PAY_ACCOUNT;

import cn.onecard.settlement.day.Service;
import cn.onecard.sql.Account;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jooq.DSLContext;

/** Orders of a small city's ledger and their entries, as the core writes them: deposits, payments, refunds, loads of cards, holds. */
public final class TestPayments {
    private static final int CASH = 1002;
    private static final int PURSES = 2001;
    private static final int WALLET = 2011;
    private static final int IN_FLIGHT = 2021;
    private static final int OWED = 2101;
    private static final int WALLET_KIND = 1;
    private static final int IN_FLIGHT_KIND = 3;
    private static final int HELD = 2;
    private static final int CAPTURED = 3;
    private static final int VOIDED = 4;
    private static final int PARTLY_REFUNDED = 5;
    private static final int REFUNDED = 6;

    private final DSLContext engine = TestLedger.dsl(Account.ENGINE);
    private final DSLContext owner = TestLedger.dsl(Account.OWNER);
    private final Map<CardNo, long[]> wallets = new HashMap<>();
    private final Map<CardNo, long[]> inFlight = new HashMap<>();
    private long orders;

    /** An order that was captured.
     *
     *  @param left what can be given back */
    public record Paid(long order, CardNo card, int party, Service service, long left, int steps) {}

    /** Fills a wallet at the bank. */
    public void deposit(BusinessDate date, CardNo card, long fen) {
        long order = ++orders;
        step(date, order, 1, 0, HELD, fen);
        step(date, order, 2, HELD, CAPTURED, fen);
        entry(date, card, new Line(WALLET_KIND, order, 2, fen, 0, CASH, WALLET, TestLedger.BANK, 0));
    }

    /** Holds some, and captures less, or all of it. */
    public Paid pay(BusinessDate date, CardNo card, Service service, long heldFen, long fen) {
        long order = ++orders;
        int party = party(service);
        hold(date, card, order, service, heldFen);
        step(date, order, 2, HELD, CAPTURED, fen);
        entry(date, card, new Line(WALLET_KIND, order, 2, -fen, -heldFen, WALLET, OWED, party, service.code()));
        return new Paid(order, card, party, service, fen, 2);
    }

    /** Holds some, and leaves it there. */
    public void hold(BusinessDate date, CardNo card, Service service, long fen) {
        hold(date, card, ++orders, service, fen);
    }

    /** Gives some back. */
    public Paid refund(BusinessDate date, Paid paid, long fen) {
        long left = paid.left() - fen;
        int steps = paid.steps() + 1;
        step(date, paid.order(), steps, paid.steps() == 2 ? CAPTURED : PARTLY_REFUNDED, left == 0 ? REFUNDED : PARTLY_REFUNDED, fen);
        entry(date, paid.card(), new Line(WALLET_KIND, paid.order(), steps, fen, 0, OWED, WALLET, paid.party(), paid.service().code()));
        return new Paid(paid.order(), paid.card(), paid.party(), paid.service(), left, steps);
    }

    /** Fills the purse of a card from its wallet. */
    public void topUp(BusinessDate date, CardNo card, long fen) {
        long order = ++orders;
        step(date, order, 1, 0, HELD, fen);
        entry(date, card, new Line(WALLET_KIND, order, 1, 0, fen, WALLET, PURSES, TestLedger.CARD_COMPANY, 0));
        step(date, order, 2, HELD, CAPTURED, fen);
        entry(date, card, new Line(WALLET_KIND, order, 2, -fen, -fen, WALLET, PURSES, TestLedger.CARD_COMPANY, 0));
    }

    /** Takes cash for the purse of a card, which then takes it, or not, or has not said yet. */
    public void load(BusinessDate date, CardNo card, long fen, int outcome) {
        long order = ++orders;
        step(date, order, 1, 0, HELD, fen);
        entry(date, card, new Line(IN_FLIGHT_KIND, order, 1, fen, fen, CASH, IN_FLIGHT, TestLedger.BANK, 0));
        if (outcome == CAPTURED || outcome == VOIDED) {
            step(date, order, 2, HELD, outcome, fen);
            entry(date, card, new Line(IN_FLIGHT_KIND, order, 2, -fen, -fen, IN_FLIGHT, outcome == CAPTURED ? PURSES : CASH, TestLedger.BANK, 0));
        }
    }

    /** A random day of payments. Some are given back at once, some of those of earlier days now.
     *
     *  @param open what can be given back, and will be later */
    public void randomDay(BusinessDate date, int cards, int count, Random random, List<Paid> open) {
        for (int i = 0; i < cards; i++) {
            deposit(date, TestLedger.card(i), 200_000 + random.nextInt(1000));
        }
        for (int i = 0; i < count; i++) {
            CardNo card = TestLedger.card(random.nextInt(cards));
            long fen = 1L + random.nextInt(500);
            switch (random.nextInt(8)) {
                case 0 -> topUp(date, card, fen);
                case 1 -> load(date, card, fen, 2 + random.nextInt(3));
                case 2 -> hold(date, card, TestLedger.SHOP, fen);
                case 3 -> {
                    if (!open.isEmpty()) {
                        Paid paid = open.remove(random.nextInt(open.size()));
                        Paid rest = refund(date, paid, 1 + random.nextInt((int) paid.left()));
                        if (rest.left() > 0) {
                            open.add(rest);
                        }
                    }
                }
                default -> open.add(pay(date, card, random.nextBoolean() ? TestLedger.SHOP : TestLedger.CLINIC, fen + random.nextInt(3), fen));
            }
        }
        settleAccounts();
    }

    /** Writes where the accounts stand. */
    public void settleAccounts() {
        wallets.forEach((card, standing) -> account(card, WALLET_KIND, standing));
        inFlight.forEach((card, standing) -> account(card, IN_FLIGHT_KIND, standing));
    }

    private void hold(BusinessDate date, CardNo card, long order, Service service, long fen) {
        step(date, order, 1, 0, HELD, fen);
        entry(date, card, new Line(WALLET_KIND, order, 1, 0, fen, WALLET, OWED, party(service), service.code()));
    }

    private static int party(Service service) {
        return service.equals(TestLedger.CLINIC) ? TestLedger.HOSPITAL : TestLedger.SHOP_OWNER;
    }

    /** What an entry says besides card and date. */
    private record Line(int kind, long order, int step, long amount, long held, int debit, int credit, int party, int service) {}

    private void entry(BusinessDate date, CardNo card, Line line) {
        long[] standing = (line.kind() == WALLET_KIND ? wallets : inFlight).computeIfAbsent(card, c -> new long[3]);
        standing[0] += line.amount();
        standing[1] += line.held();
        standing[2]++;
        engine.insertInto(ACCOUNT_ENTRY).set(ACCOUNT_ENTRY.BUSINESS_DATE, date).set(ACCOUNT_ENTRY.CARD_NO, card).set(ACCOUNT_ENTRY.KIND_CODE, line.kind())
                .set(ACCOUNT_ENTRY.ENTRY_NO, standing[2]).set(ACCOUNT_ENTRY.ORDER_ID, id(line.order())).set(ACCOUNT_ENTRY.STEP_NO, line.step())
                .set(ACCOUNT_ENTRY.AMOUNT_FEN, line.amount()).set(ACCOUNT_ENTRY.HELD_CHANGE_FEN, line.held()).set(ACCOUNT_ENTRY.BALANCE_AFTER_FEN, standing[0])
                .set(ACCOUNT_ENTRY.HELD_AFTER_FEN, standing[1]).set(ACCOUNT_ENTRY.DEBIT_ACCOUNT, line.debit())
                .set(ACCOUNT_ENTRY.CREDIT_ACCOUNT, line.credit()).set(ACCOUNT_ENTRY.PARTY_ID, line.party()).set(ACCOUNT_ENTRY.SERVICE_CODE, line.service())
                .set(ACCOUNT_ENTRY.AT, noon(date)).execute();
    }

    private void step(BusinessDate date, long order, int step, int from, int to, long fen) {
        engine.insertInto(ORDER_STEP).set(ORDER_STEP.ORDER_ID, id(order)).set(ORDER_STEP.STEP_NO, step).set(ORDER_STEP.STATE_FROM, from)
                .set(ORDER_STEP.STATE_TO, to).set(ORDER_STEP.AMOUNT_FEN, fen).set(ORDER_STEP.ACTOR, "测试 shop").set(ORDER_STEP.REASON, "")
                .set(ORDER_STEP.BUSINESS_DATE, date).set(ORDER_STEP.AT, noon(date)).execute();
    }

    private void account(CardNo card, int kind, long[] standing) {
        owner.insertInto(PAY_ACCOUNT).set(PAY_ACCOUNT.CARD_NO, card).set(PAY_ACCOUNT.KIND_CODE, kind).set(PAY_ACCOUNT.STATE_CODE, 1)
                .set(PAY_ACCOUNT.LIMIT_CLASS, 1).set(PAY_ACCOUNT.BALANCE_FEN, standing[0]).set(PAY_ACCOUNT.HELD_FEN, standing[1])
                .set(PAY_ACCOUNT.ENTRY_NO, standing[2]).set(PAY_ACCOUNT.SPENT_ON, LocalDate.EPOCH).set(PAY_ACCOUNT.SPENT_FEN, 0L)
                .set(PAY_ACCOUNT.OPENED_AT, LocalDateTime.of(2026, 1, 1, 0, 0)).onDuplicateKeyUpdate().set(PAY_ACCOUNT.BALANCE_FEN, standing[0])
                .set(PAY_ACCOUNT.HELD_FEN, standing[1]).set(PAY_ACCOUNT.ENTRY_NO, standing[2]).execute();
    }

    private static LocalDateTime noon(BusinessDate date) {
        return date.day().atTime(12, 0);
    }

    private static byte[] id(long order) {
        return ByteBuffer.allocate(16).putLong(8, order).array();
    }
}
