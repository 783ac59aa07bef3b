package cn.onecard.engine.partner.unionpay;

import cn.onecard.engine.key.PinKey;
import cn.onecard.engine.rail.iso8583.Field54;
import cn.onecard.engine.rail.iso8583.Field60;
import cn.onecard.engine.rail.iso8583.Field61;
import cn.onecard.engine.rail.iso8583.Field62;
import cn.onecard.engine.rail.iso8583.MalformedMessage;
import cn.onecard.engine.rail.iso8583.Message;
import cn.onecard.engine.rail.iso8583.PosTransaction;
import cn.onecard.engine.rail.iso8583.ResponseCode;
import cn.onecard.vocabulary.Money;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The accounts, and what transactions do to them. Guarded by the {@link BankHost} that it belongs to. */
final class HostBook {
    private static final int MAX_DAYS_OF_COMPLETION = 29;
    private static final int MAX_DAYS_OF_REFUND = 30;
    private static final int MOST_PERCENT_OF_COMPLETION = 115;

    private final Map<String, HostAccount> accounts = new HashMap<>();

    /** What is asked.
     *
     *  @param terminal by whom
     *  @param kind what
     *  @param request in what words
     *  @param reference what it will be named by
     *  @param today the host's day */
    record Entry(HostTerminal terminal, PosTransaction kind, Message request, String reference, LocalDate today) {
        Money amount() {
            return request.findMoney(4).orElse(Money.ZERO);
        }

        HostTransaction transaction(ResponseCode code) {
            return new HostTransaction(kind, request, code, reference, today);
        }
    }

    void addAccount(String pan, HostAccount account) {
        accounts.put(pan, account);
    }

    HostAccount account(String pan) {
        HostAccount account = accounts.get(pan);
        if (account == null) {
            throw new IllegalArgumentException("no such account");
        }
        return account;
    }

    Field54 balanceOf(String pan) {
        Money available = account(pan).available();
        return new Field54("10", "02", "156", available.isNegative() ? 'D' : 'C', available.isNegative() ? available.negated() : available);
    }

    /** Books a request, or refuses it; either way the terminal has it in its list. */
    HostTransaction book(Entry entry, PinKey pinKey) {
        Optional<HostTransaction> original = entry.kind().meansAnother() ? findOriginal(entry) : Optional.empty();
        ResponseCode code = judge(entry, original, pinKey);
        HostTransaction transaction = entry.transaction(code);
        if (code.isApproval()) {
            move(transaction, account(transaction.pan()), original);
        }
        entry.terminal().add(transaction);
        return transaction;
    }

    private ResponseCode judge(Entry entry, Optional<HostTransaction> original, PinKey pinKey) {
        String pan = entry.request().findText(2).orElse("");
        HostAccount account = accounts.get(pan);
        if (account == null) {
            return ResponseCode.NO_SUCH_ACCOUNT;
        }
        Optional<byte[]> block = Field62.findPinBlock(entry.request()).or(() -> entry.request().findBytes(52));
        if (block.isPresent() && !Arrays.equals(block.get(), pinKey.encipher(account.pin().toCharArray(), pan))) {
            return ResponseCode.WRONG_PIN;
        }
        if (entry.kind() != PosTransaction.BALANCE && entry.amount().fen() <= 0) {
            return ResponseCode.INVALID_AMOUNT;
        }
        return switch (entry.kind()) {
            case BALANCE -> ResponseCode.APPROVED;
            case SALE, PREAUTHORISATION -> account.available().compareTo(entry.amount()) < 0 ? ResponseCode.INSUFFICIENT_FUNDS : ResponseCode.APPROVED;
            case PREAUTHORISATION_CANCEL, COMPLETION, COMPLETION_CANCEL, SALE_VOID, REFUND ->
                original.map(one -> judgeOriginal(entry, one, account)).orElse(ResponseCode.ORIGINAL_NOT_FOUND);
        };
    }

    private static ResponseCode judgeOriginal(Entry entry, HostTransaction original, HostAccount account) {
        if (!original.isApproved() || original.state() != HostTransaction.State.NORMAL) {
            return ResponseCode.ORIGINAL_NOT_FOUND;
        }
        if (!original.pan().equals(entry.request().text(2))) {
            return ResponseCode.NO_SUCH_ACCOUNT;
        }
        long days = ChronoUnit.DAYS.between(original.day(), entry.today());
        boolean equal = original.amount().equals(entry.amount());
        return switch (entry.kind()) {
            case SALE_VOID, COMPLETION_CANCEL -> days > 0 || original.refunded().fen() > 0 ? ResponseCode.ORIGINAL_NOT_FOUND
                    : equal ? ResponseCode.APPROVED : ResponseCode.ORIGINAL_AMOUNT_WRONG;
            case PREAUTHORISATION_CANCEL -> days > MAX_DAYS_OF_COMPLETION ? ResponseCode.WINDOW_OVER
                    : equal ? ResponseCode.APPROVED : ResponseCode.ORIGINAL_AMOUNT_WRONG;
            case COMPLETION -> judgeCompletion(entry, original, account, days);
            case REFUND -> days > MAX_DAYS_OF_REFUND ? ResponseCode.WINDOW_OVER
                    : original.refunded().plus(entry.amount()).compareTo(original.amount()) > 0 ? ResponseCode.LIMIT_EXCEEDED : ResponseCode.APPROVED;
            case BALANCE, PREAUTHORISATION, SALE -> throw new IllegalArgumentException(entry.kind() + " means no other transaction");
        };
    }

    private static ResponseCode judgeCompletion(Entry entry, HostTransaction original, HostAccount account, long days) {
        if (days > MAX_DAYS_OF_COMPLETION) {
            return ResponseCode.WINDOW_OVER;
        }
        if (entry.amount().compareTo(original.amount().percent(MOST_PERCENT_OF_COMPLETION)) > 0) {
            return ResponseCode.ORIGINAL_AMOUNT_WRONG;
        }
        return account.available().plus(original.amount()).compareTo(entry.amount()) < 0 ? ResponseCode.INSUFFICIENT_FUNDS : ResponseCode.APPROVED;
    }

    private static void move(HostTransaction transaction, HostAccount account, Optional<HostTransaction> original) {
        Money amount = transaction.amount();
        switch (transaction.kind()) {
            case BALANCE -> { }
            case SALE -> transaction.did(account, amount.negated(), Money.ZERO);
            case PREAUTHORISATION -> transaction.did(account, Money.ZERO, amount);
            case PREAUTHORISATION_CANCEL -> {
                transaction.did(account, Money.ZERO, amount.negated());
                transaction.did(original.orElseThrow(), HostTransaction.State.CANCELLED);
            }
            case COMPLETION -> {
                transaction.did(account, amount.negated(), original.orElseThrow().amount().negated());
                transaction.did(original.orElseThrow(), HostTransaction.State.COMPLETED);
            }
            case COMPLETION_CANCEL -> {
                HostTransaction authorisation = original.orElseThrow().findOriginal().orElseThrow();
                transaction.did(account, amount, authorisation.amount());
                transaction.did(original.orElseThrow(), HostTransaction.State.VOIDED);
            }
            case SALE_VOID -> {
                transaction.did(account, amount, Money.ZERO);
                transaction.did(original.orElseThrow(), HostTransaction.State.VOIDED);
            }
            case REFUND -> {
                transaction.did(account, amount, Money.ZERO);
                transaction.did(original.orElseThrow(), HostTransaction.State.NORMAL);
            }
        }
    }

    private static Optional<HostTransaction> findOriginal(Entry entry) {
        Message request = entry.request();
        Field61 meant;
        Optional<LocalDate> day;
        try {
            meant = Field61.of(request);
            day = meant.findDate(entry.today());
        } catch (MalformedMessage e) {
            return Optional.empty();
        }
        Predicate<HostTransaction> is = switch (entry.kind()) {
            case SALE_VOID -> one -> one.kind() == PosTransaction.SALE && isAt(one, meant.batch(), meant.trace());
            case COMPLETION_CANCEL -> one -> one.kind() == PosTransaction.COMPLETION && isAt(one, meant.batch(), meant.trace());
            case PREAUTHORISATION_CANCEL, COMPLETION -> one -> one.kind() == PosTransaction.PREAUTHORISATION && day.equals(Optional.of(one.day()))
                    && Optional.of(one.authorisation()).equals(request.findText(38));
            case REFUND -> one -> one.kind() == PosTransaction.SALE && day.equals(Optional.of(one.day()))
                    && Optional.of(one.reference()).equals(request.findText(37));
            case BALANCE, PREAUTHORISATION, SALE -> one -> false;
        };
        return entry.terminal().transactions().stream().filter(is).findFirst();
    }

    /** The transaction that a reversal means.
     *
     *  @param batch of the reversal */
    Optional<HostTransaction> findReversed(HostTerminal terminal, Message reversal, int batch) {
        Optional<PosTransaction> kind = PosTransaction.find(reversal);
        int trace = Integer.parseInt(reversal.text(11));
        return terminal.transactions().stream().filter(one -> Optional.of(one.kind()).equals(kind) && isAt(one, batch, trace)).findFirst();
    }

    /** Reverses a transaction, if it may be. */
    ResponseCode reverse(HostTransaction transaction, Message reversal, LocalDate today) {
        if (transaction.state() != HostTransaction.State.NORMAL || !transaction.day().equals(today)) {
            return ResponseCode.ORIGINAL_NOT_FOUND;
        }
        if (!reversal.findMoney(4).equals(Optional.of(transaction.amount()))) {
            return ResponseCode.ORIGINAL_AMOUNT_WRONG;
        }
        if (!transaction.isApproved()) {
            return ResponseCode.REFER_TO_ISSUER;
        }
        transaction.reverse(account(transaction.pan()));
        return ResponseCode.APPROVED;
    }

    private static boolean isAt(HostTransaction one, int batch, int trace) {
        return Integer.parseInt(one.request().text(11)) == trace && Field60.of(one.request()).batch() == batch;
    }
}
