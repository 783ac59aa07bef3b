package cn.onecard.engine.partner.utility;

import cn.onecard.engine.key.Sm3;
import cn.onecard.engine.rail.bill.BillFile;
import cn.onecard.engine.rail.bill.ColumnLayout;
import cn.onecard.engine.rail.bill.Row;
import cn.onecard.vocabulary.Money;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What a biller's customers owe and have paid. An order that comes again gets its first answer. Thread-safe. */
public final class BillerBook {
    /** Where everybody lives, masked. */
    static final String ADDRESS = "**路**号";

    private static final List<String> NAMES = List.of("王*", "李*", "张*", "刘*", "陈*");

    private final LocalDate today;
    private final Map<String, Map<String, OpenBill>> accounts = new TreeMap<>();
    private final Map<String, Payment> payments = new TreeMap<>();
    private final Map<String, byte[]> submitted = new HashMap<>();

    /** @param today the biller's day */
    public BillerBook(LocalDate today) {
        this.today = today;
    }

    /** A bill that is open.
     *
     *  @param receivable sixteen digits
     *  @param period six digits */
    record OpenBill(String receivable, String period, Money amount, Money lateFee, LocalDate due) {
        Money total() {
            return amount.plus(lateFee);
        }
    }

    /** A payment that was asked for.
     *
     *  @param done whether it was done; false if it was refused */
    private record Payment(String account, OpenBill bill, Money amount, boolean done, boolean cancelled) {}

    /** What became of an order. */
    enum Verdict {
        DONE("OK"), NOT_FOUND("NOT_FOUND"), REFUSED("REFUSED");

        private final String code;

        Verdict(String code) {
            this.code = code;
        }

        /** How the styles that have words say it. */
        String code() {
            return code;
        }
    }

    /** What the book says of an order. */
    record Said(Verdict verdict, String reference, Money amount) {}

    /** A book of invented residents: accounts {@code 10000001} and on, each with one to three months open.
     *
     *  @param seed what amounts are made of */
    public static BillerBook invented(LocalDate today, int accounts, long seed) {
        BillerBook book = new BillerBook(today);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 1; i <= accounts; i++) {
            int months = random.nextInt(1, 4);
            for (int month = months; month >= 1; month--) {
                LocalDate begin = today.withDayOfMonth(1).minusMonths(month);
                String receivable = "%08d%08d".formatted(10_000_000 + i, begin.getYear() * 100 + begin.getMonthValue());
                book.addBill(Integer.toString(10_000_000 + i), new OpenBill(receivable, "%04d%02d".formatted(begin.getYear(), begin.getMonthValue()),
                        Money.ofFen(random.nextLong(100, 50_000)), Money.ofFen(month > 1 ? random.nextLong(0, 500) : 0), begin.plusMonths(1).plusDays(14)));
            }
        }
        return book;
    }

    private void addBill(String account, OpenBill bill) {
        accounts.computeIfAbsent(account, key -> new TreeMap<>()).put(bill.receivable(), bill);
    }

    /** Whose account it is, masked; empty if there is no such account. */
    synchronized Optional<String> findName(String account) {
        return accounts.containsKey(account) ? Optional.of(NAMES.get(Math.floorMod(account.hashCode(), NAMES.size()))) : Optional.empty();
    }

    /** What an account owes, the oldest first. */
    synchronized List<OpenBill> listOpen(String account) {
        return List.copyOf(accounts.getOrDefault(account, Map.of()).values());
    }

    /** What a bill comes with and has to come back with: bytes of all kinds, so that one that is changed on its way is seen. */
    static byte[] echo(String account, String receivable) {
        return Sm3.digest((account + "\0" + receivable).getBytes(StandardCharsets.UTF_8));
    }

    /** Pays a bill, if it came back with what it was given along. */
    Said pay(String orderNo, String account, String receivable, Money amount, byte[] echo) {
        return Arrays.equals(echo, echo(account, receivable)) ? pay(orderNo, account, receivable, amount) : new Said(Verdict.REFUSED, "", Money.ZERO);
    }

    /** Pays a bill, exactly as it stands. */
    synchronized Said pay(String orderNo, String account, String receivable, Money amount) {
        Payment before = payments.get(orderNo);
        if (before == null) {
            OpenBill bill = accounts.getOrDefault(account, Map.of()).get(receivable);
            if (bill == null) {
                return new Said(Verdict.REFUSED, "", Money.ZERO);
            }
            boolean right = bill.total().equals(amount);
            if (right) {
                accounts.getOrDefault(account, Map.of()).remove(receivable);
            }
            payments.put(orderNo, new Payment(account, bill, amount, right, false));
        }
        return status(orderNo);
    }

    /** What became of an order. */
    synchronized Said status(String orderNo) {
        Payment payment = payments.get(orderNo);
        if (payment == null) {
            return new Said(Verdict.NOT_FOUND, "", Money.ZERO);
        }
        return payment.done() && !payment.cancelled() ? new Said(Verdict.DONE, reference(orderNo), payment.amount()) : new Said(Verdict.REFUSED, "", Money.ZERO);
    }

    /** Takes a payment back. */
    synchronized Said cancel(String orderNo) {
        Payment payment = payments.get(orderNo);
        if (payment == null) {
            return new Said(Verdict.NOT_FOUND, "", Money.ZERO);
        }
        if (!payment.done()) {
            return new Said(Verdict.REFUSED, "", Money.ZERO);
        }
        if (!payment.cancelled()) {
            payments.put(orderNo, new Payment(payment.account(), payment.bill(), payment.amount(), true, true));
            addBill(payment.account(), payment.bill());
        }
        return new Said(Verdict.DONE, reference(orderNo), payment.amount());
    }

    /** All that was paid and not taken back. */
    public synchronized Money paid() {
        return payments.values().stream().filter(payment -> payment.done() && !payment.cancelled()).map(Payment::amount).reduce(Money.ZERO, Money::plus);
    }

    /** The biller's day. */
    LocalDate today() {
        return today;
    }

    /** What everybody owes today. */
    synchronized byte[] arrears() {
        return BillFile.ARREARS.layout().write(accounts.entrySet().stream().flatMap(account -> account.getValue().values().stream().map(bill ->
                Row.of().set("account", account.getKey()).set("name", findName(account.getKey()).orElse("")).set("address", ADDRESS)
                        .set("billRef", bill.receivable()).set("period", bill.period()).set(ColumnLayout.AMOUNT, bill.amount()).set("lateFeeFen", bill.lateFee())
                        .set("due", bill.due()).set("validTo", today).set("echo", HexFormat.of().formatHex(echo(account.getKey(), bill.receivable()))).build()))
                .toList());
    }

    /** The statement of a day: of today alone, for a book is a day old at most. */
    synchronized byte[] statement(LocalDate day) {
        return BillFile.STATEMENT.layout().write(day.equals(today) ? payments.entrySet().stream().filter(one -> one.getValue().done() && !one.getValue().cancelled())
                .map(one -> Row.of().set("date", today).set("orderNo", one.getKey()).set("account", one.getValue().account())
                        .set("amountFen", one.getValue().amount()).set("reference", reference(one.getKey())).build()).toList() : List.of());
    }

    /** Takes a statement; another one of the same day is refused. */
    synchronized boolean submit(String day, byte[] file) {
        byte[] before = submitted.putIfAbsent(day, file.clone());
        return before == null || Arrays.equals(before, file);
    }

    private static String reference(String orderNo) {
        return "B%011d".formatted(Math.floorMod(orderNo.hashCode(), 100_000_000_000L));
    }
}
