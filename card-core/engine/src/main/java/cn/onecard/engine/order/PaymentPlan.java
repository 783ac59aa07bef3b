package cn.onecard.engine.order;

import cn.onecard.engine.order.OrderKind.Way;
import cn.onecard.engine.order.PaymentRequest.Change;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one transaction will write, and what it will answer once that is committed.
 *
 *  <p>Requests are decided one after the other, in memory, over the rows that the transaction holds: each sees what the ones
 *  before it did. Nothing is decided from anything else, so that two nodes can never decide differently about the same rows. */
final class PaymentPlan {
    /** Step and entry of an order, as they will be inserted. */
    record Step(OrderId order, int stepNo, OrderState from, OrderState to, long amountFen, Cause cause) {}

    /** An entry of an account, as it will be inserted. */
    record Entry(AccountId account, PayAccount.Standing after, OrderId order, int stepNo, Movement movement, Cause cause, OrderTerms terms) {}

    /** Signed changes of balance and holding, and the two sides in the general ledger. */
    record Movement(long amountFen, long heldChangeFen, int debit, int credit) {}

    /** Who did it, why and when. */
    record Cause(String actor, String reason, Instant at) {}

    /** A request that changed an order, or wanted to. */
    record Call(OrderId call, RequestDigest digest, OrderId order, int stepNo, int reasonCode) {}

    /** A request of before, and what it was answered. */
    record KnownCall(RequestDigest digest, PaymentAnswer answer) {}

    /** Something in the list of what will expire. */
    record Expiry(Instant at, OrderId order) {}

    /** A message to a partner.
     *
     *  @param withdrawAt when it is given up, if it could not be sent till then */
    record Message(OrderId order, int number, Outgoing outgoing, Instant at, Instant withdrawAt) {}

    /** What became of a message. */
    record Settled(OrderId order, MessageOutcome outcome) {}

    /** The terms of a load. */
    record Load(AccountId account, OrderId order, LoadTerms terms) {}

    private final BusinessDate date;
    private final PaymentLimits limits;
    private final SortedMap<OrderId, PayOrder> orders = new TreeMap<>();
    private final SortedMap<AccountId, PayAccount> accounts = new TreeMap<>();
    private final Map<OrderId, KnownCall> calls = new HashMap<>();
    private final Set<AccountId> touchedAccounts = new HashSet<>();
    private final Set<OrderId> touchedOrders = new HashSet<>();
    private final Set<Expiry> waitingBefore = new HashSet<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Call> newCalls = new ArrayList<>();
    private final List<Load> loads = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Settled> settled = new ArrayList<>();

    /** A plan over rows that the transaction holds. */
    PaymentPlan(BusinessDate date, PaymentLimits limits, Rows rows) {
        this.date = date;
        this.limits = limits;
        rows.orders().forEach(order -> orders.put(order.id, order));
        rows.accounts().forEach(account -> accounts.put(account.id(), account));
        calls.putAll(rows.calls());
        rows.orders().stream().filter(PayOrder::expires).forEach(order -> waitingBefore.add(expiry(order)));
    }

    /** What the database said. */
    record Rows(List<PayOrder> orders, List<PayAccount> accounts, Map<OrderId, KnownCall> calls) {}

    /** Decides a request. */
    PaymentAnswer decide(PaymentRequest request) {
        return switch (request) {
            case Opening opening -> open(opening);
            case Change change -> change(change);
        };
    }

    private PaymentAnswer open(Opening opening) {
        RequestDigest digest = opening.digest();
        OrderId id = opening.order();
        PayOrder there = orders.get(id);
        if (there != null) {
            return there.digest.equals(digest) ? openedBefore(there, opening.goal()) : new PaymentAnswer.Refused(id, PaymentRefusal.KEY_CONFLICT);
        }
        if (calls.containsKey(id)) {
            return new PaymentAnswer.Refused(id, PaymentRefusal.KEY_CONFLICT);
        }
        PayOrder order = PayOrder.open(opening, date.day());
        orders.put(id, order);
        touchedOrders.add(id);
        Cause cause = new Cause(opening.call().caller(), opening.reason(), opening.receivedAt());
        Optional<PaymentRefusal> refusal = refusalOfOpening(order.terms, opening.goal());
        if (refusal.isPresent()) {
            order.reasonCode = refusal.get().code();
            step(order, OrderEvent.REFUSE, 0, cause);
            return new PaymentAnswer.Refused(id, refusal.get());
        }
        opening.load().ifPresent(terms -> loads.add(new Load(order.terms.account(), id, terms)));
        long amount = order.terms.amount().fen();
        if (opening.goal() != Goal.PAY && opening.outgoing().isEmpty()) {
            order.expiresAt = opening.receivedAt().plus(opening.lifetime());
        }
        if (opening.goal() == Goal.QUOTE) {
            step(order, OrderEvent.QUOTE, amount, cause);
        } else {
            hold(order, cause);
        }
        if (opening.goal() == Goal.PAY) {
            capture(order, OrderEvent.CAPTURE, amount, cause);
        }
        opening.outgoing().ifPresent(outgoing -> {
            order.openMessage = order.steps;
            messages.add(new Message(id, order.steps, outgoing, opening.receivedAt(), opening.receivedAt().plus(opening.lifetime())));
        });
        return openedBefore(order, opening.goal());
    }

    private static PaymentAnswer openedBefore(PayOrder order, Goal goal) {
        return order.state == OrderState.REFUSED ? new PaymentAnswer.Refused(order.id, PaymentRefusal.byCode(order.reasonCode))
                : new PaymentAnswer.Done(order.id, goal.reached(), order.terms.amount(), order.createdAt);
    }

    private PaymentAnswer change(Change change) {
        OrderId call = OrderId.of(change.call());
        RequestDigest digest = change.digest();
        KnownCall before = calls.get(call);
        if (before != null || orders.containsKey(call)) {
            return before != null && before.digest().equals(digest) ? before.answer() : new PaymentAnswer.Refused(change.order(), PaymentRefusal.KEY_CONFLICT);
        }
        PayOrder order = orders.get(change.order());
        if (order == null || !change.call().mayChangeOrdersOf(order.call.caller())) {
            return new PaymentAnswer.Refused(change.order(), PaymentRefusal.ORDER_UNKNOWN);
        }
        Optional<PaymentRefusal> refusal = refusalOfChange(order, change);
        PaymentAnswer answer = refusal.<PaymentAnswer>map(reason -> new PaymentAnswer.Refused(order.id, reason)).orElseGet(() -> apply(order, change));
        calls.put(call, new KnownCall(digest, answer));
        newCalls.add(new Call(call, digest, order.id, refusal.isPresent() ? 0 : order.steps, refusal.map(PaymentRefusal::code).orElse(0)));
        return answer;
    }

    private PaymentAnswer apply(PayOrder order, Change change) {
        touchedOrders.add(order.id);
        Cause cause = new Cause(change.call().caller(), change.reason(), change.receivedAt());
        OrderEvent event = event(order, change);
        long amount = amount(order, change);
        switch (event) {
            case HOLD -> hold(order, cause);
            case CAPTURE, PROVE_DONE -> capture(order, event, amount, cause);
            case VOID, EXPIRE, PROVE_UNDONE -> release(order, event, cause);
            case REFUND_PART, REFUND_REST -> refund(order, event, amount, cause);
            case LOSE -> step(order, event, amount, cause);
            case QUOTE, REFUSE -> throw new IllegalArgumentException("only an opening can " + event);
        }
        change.message().ifPresent(outcome -> {
            settled.add(new Settled(order.id, outcome));
            order.openMessage = event == OrderEvent.LOSE ? order.openMessage : 0;
        });
        return new PaymentAnswer.Done(order.id, order.state, Money.ofFen(amount), change.receivedAt());
    }

    /** What the event comes to: a refund of all that is left is the last one; a load whose time is over may have happened, and the
     *  proof that it did captures it, however late. */
    private static OrderEvent event(PayOrder order, Change change) {
        return switch (change.event()) {
            case REFUND_PART -> amount(order, change) == order.leftFen() ? OrderEvent.REFUND_REST : OrderEvent.REFUND_PART;
            case EXPIRE -> order.terms.kind().isLoad() && order.state == OrderState.HELD ? OrderEvent.LOSE : OrderEvent.EXPIRE;
            case PROVE_DONE -> order.terms.kind().isLoad() && order.state == OrderState.HELD ? OrderEvent.CAPTURE : OrderEvent.PROVE_DONE;
            default -> change.event();
        };
    }

    private static long amount(PayOrder order, Change change) {
        return change.amount().map(Money::fen).orElseGet(() -> switch (change.event()) {
            case HOLD -> order.terms.amount().fen();
            case REFUND_PART, REFUND_REST -> order.leftFen();
            default -> order.heldFen;
        });
    }

    /** The first refusal that applies, in their order. */
    private Optional<PaymentRefusal> refusalOfOpening(OrderTerms terms, Goal goal) {
        if (terms.amount().fen() <= 0) {
            return Optional.of(PaymentRefusal.AMOUNT_NOT_POSITIVE);
        }
        if (!terms.kind().suits(terms.account().kind()) || (terms.kind().isLoad() && goal == Goal.PAY)) {
            return Optional.of(PaymentRefusal.KIND_FORBIDS);
        }
        return goal == Goal.QUOTE ? refusalOfAccount(terms, true) : refusalOfHold(terms);
    }

    private Optional<PaymentRefusal> refusalOfChange(PayOrder order, Change change) {
        if (order.openMessage != change.message().map(MessageOutcome::number).orElse(0)) {
            return Optional.of(PaymentRefusal.STATE_FORBIDS);
        }
        boolean isTooEarly = change.event() == OrderEvent.EXPIRE && !order.isOver(change.receivedAt());
        if (OrderTable.next(order.state, event(order, change)).isEmpty() || isTooEarly) {
            return Optional.of(PaymentRefusal.STATE_FORBIDS);
        }
        boolean needsTime = change.event() == OrderEvent.HOLD || change.event() == OrderEvent.CAPTURE;
        if (needsTime && order.isOver(change.receivedAt())) {
            return Optional.of(PaymentRefusal.HOLD_OVER);
        }
        long amount = amount(order, change);
        if (change.amount().isPresent() && amount <= 0) {
            return Optional.of(PaymentRefusal.AMOUNT_NOT_POSITIVE);
        }
        boolean isOfTheCard = change.event() == OrderEvent.CAPTURE || (change.event() == OrderEvent.VOID && order.state == OrderState.HELD);
        if (order.terms.kind().isLoad() && isOfTheCard) {
            return Optional.of(PaymentRefusal.KIND_FORBIDS);        // nobody but the card can say what became of its load
        }
        return switch (change.event()) {
            case HOLD -> refusalOfHold(order.terms);
            case CAPTURE, PROVE_DONE -> refusalOfCapture(order, amount);
            case REFUND_PART, REFUND_REST -> refusalOfRefund(order, amount);
            default -> Optional.empty();      // what ends a hold is never refused for its account
        };
    }

    private Optional<PaymentRefusal> refusalOfAccount(OrderTerms terms, boolean isNew) {
        PayAccount account = accounts.get(terms.account());
        if (account == null) {
            return Optional.of(PaymentRefusal.ACCOUNT_UNKNOWN);
        }
        return switch (account.state()) {
            case ACTIVE -> Optional.empty();
            case BLOCKED -> isNew && !terms.kind().isOwnMoney() ? Optional.of(PaymentRefusal.ACCOUNT_BLOCKED) : Optional.empty();
            case CLOSED -> Optional.of(PaymentRefusal.ACCOUNT_CLOSED);
        };
    }

    private Optional<PaymentRefusal> refusalOfHold(OrderTerms terms) {
        Optional<PaymentRefusal> ofAccount = refusalOfAccount(terms, true);
        if (ofAccount.isPresent()) {
            return ofAccount;
        }
        PayAccount account = account(terms);
        PaymentLimits.LimitClass limit = limits.of(account.limitClass());
        long amount = terms.amount().fen();
        if (terms.kind().isOwnMoney()) {
            return terms.kind().way() == Way.OUT && amount > account.availableFen() ? Optional.of(PaymentRefusal.FUNDS_TOO_LOW) : Optional.empty();
        }
        if (terms.kind().way() != Way.OUT) {
            return amount > limit.balance().fen() - account.balanceFen() ? Optional.of(PaymentRefusal.ABOVE_BALANCE_LIMIT) : Optional.empty();
        }
        if (amount > limit.perTransaction().fen()) {
            return Optional.of(PaymentRefusal.ABOVE_TRANSACTION_LIMIT);
        }
        if (amount > limit.perDay().fen() - account.spentFen(date.day())) {
            return Optional.of(PaymentRefusal.ABOVE_DAY_LIMIT);
        }
        return amount > account.availableFen() ? Optional.of(PaymentRefusal.FUNDS_TOO_LOW) : Optional.empty();
    }

    private Optional<PaymentRefusal> refusalOfCapture(PayOrder order, long amount) {
        if (order.terms.kind().isLoad() && amount < order.heldFen) {
            return Optional.of(PaymentRefusal.KIND_FORBIDS);
        }
        return amount > order.heldFen ? Optional.of(PaymentRefusal.ABOVE_HOLD) : refusalOfAccount(order.terms, false);
    }

    private Optional<PaymentRefusal> refusalOfRefund(PayOrder order, long amount) {
        if (order.terms.kind().isLoad()) {
            return Optional.of(PaymentRefusal.KIND_FORBIDS);
        }
        if (amount > order.leftFen()) {
            return Optional.of(PaymentRefusal.ABOVE_CAPTURE);
        }
        Optional<PaymentRefusal> ofAccount = refusalOfAccount(order.terms, false);
        if (ofAccount.isEmpty() && order.terms.kind().way() == Way.IN && amount > account(order.terms).availableFen()) {
            return Optional.of(PaymentRefusal.FUNDS_TOO_LOW);
        }
        return ofAccount;
    }

    private void hold(PayOrder order, Cause cause) {
        long amount = order.terms.amount().fen();
        order.heldFen = amount;
        order.date = date.day();
        step(order, OrderEvent.HOLD, amount, cause);
        int own = order.terms.account().kind().ledgerAccount();
        switch (order.terms.kind().way()) {
            case OUT -> {
                account(order.terms).spend(date.day(), amount);
                enter(order, new Movement(0, amount, own, order.terms.kind().otherSide()), cause);
            }
            case THROUGH -> enter(order, new Movement(amount, amount, LedgerAccounts.CASH_AND_BANK, own), cause);
            case IN -> { }      // the money is held where it comes from
        }
    }

    private void capture(PayOrder order, OrderEvent event, long amount, Cause cause) {
        long held = order.heldFen;
        order.heldFen = 0;
        order.capturedFen = amount;
        step(order, event, amount, cause);
        int own = order.terms.account().kind().ledgerAccount();
        int other = order.terms.kind().otherSide();
        if (order.terms.kind().way() == Way.IN) {
            enter(order, new Movement(amount, 0, other, own), cause);
        } else {
            spendLess(order, held - amount);
            enter(order, new Movement(-amount, -held, own, other), cause);
        }
    }

    private void release(PayOrder order, OrderEvent event, Cause cause) {
        long held = order.heldFen;
        order.heldFen = 0;
        step(order, event, held, cause);
        int own = order.terms.account().kind().ledgerAccount();
        if (held == 0) {
            return;         // it was only quoted
        }
        switch (order.terms.kind().way()) {
            case OUT -> {
                spendLess(order, held);
                enter(order, new Movement(0, -held, order.terms.kind().otherSide(), own), cause);
            }
            case THROUGH -> enter(order, new Movement(-held, -held, own, LedgerAccounts.CASH_AND_BANK), cause);
            case IN -> { }
        }
    }

    private void refund(PayOrder order, OrderEvent event, long amount, Cause cause) {
        order.refundedFen += amount;
        step(order, event, amount, cause);
        int own = order.terms.account().kind().ledgerAccount();
        int other = order.terms.kind().otherSide();
        enter(order, order.terms.kind().way() == Way.IN ? new Movement(-amount, 0, own, other) : new Movement(amount, 0, other, own), cause);
    }

    /** What was held and not taken does not count against the day of the hold, while that day lasts. */
    private void spendLess(PayOrder order, long fen) {
        if (fen > 0 && order.terms.kind().way() == Way.OUT && order.date.equals(date.day())) {
            touchedAccounts.add(order.terms.account());
            account(order.terms).spend(date.day(), -fen);
        }
    }

    private void step(PayOrder order, OrderEvent event, long amountFen, Cause cause) {
        OrderState from = order.state;
        order.state = OrderTable.next(from, event).orElseThrow(() -> new IllegalStateException("an order that is " + from + " cannot " + event));
        order.steps++;
        steps.add(new Step(order.id, order.steps, from, order.state, amountFen, cause));
    }

    private void enter(PayOrder order, Movement movement, Cause cause) {
        PayAccount account = account(order.terms);
        account.move(movement.amountFen(), movement.heldChangeFen());
        touchedAccounts.add(account.id());
        entries.add(new Entry(account.id(), account.standing(), order.id, order.steps, movement, cause, order.terms));
    }

    private PayAccount account(OrderTerms terms) {
        PayAccount account = accounts.get(terms.account());
        if (account == null) {
            throw new IllegalStateException("the account of card " + terms.account().cardNo() + " was not looked for");
        }
        return account;
    }

    private static Expiry expiry(PayOrder order) {
        Instant at = order.expiresAt;
        if (at == null) {
            throw new IllegalArgumentException("order " + order.id + " never expires");
        }
        return new Expiry(at, order.id);
    }

    /** Orders to insert, in key order. */
    List<PayOrder> newOrders() {
        return orders.values().stream().filter(order -> order.fresh).toList();
    }

    /** Orders to update, in key order. */
    List<PayOrder> changedOrders() {
        return orders.values().stream().filter(order -> !order.fresh && touchedOrders.contains(order.id)).toList();
    }

    /** Accounts to update, in key order. */
    List<PayAccount> changedAccounts() {
        return accounts.values().stream().filter(account -> touchedAccounts.contains(account.id())).toList();
    }

    List<Step> steps() {
        return steps;
    }

    List<Entry> entries() {
        return entries;
    }

    List<Call> newCalls() {
        return newCalls;
    }

    List<Load> loads() {
        return loads;
    }

    List<Message> messages() {
        return messages;
    }

    List<Settled> settled() {
        return settled;
    }

    /** What expires from now on. */
    List<Expiry> newExpiries() {
        return waitingAfter().stream().filter(expiry -> !waitingBefore.contains(expiry)).toList();
    }

    /** What expires no longer. */
    List<Expiry> endedExpiries() {
        Set<Expiry> after = waitingAfter();
        return waitingBefore.stream().filter(expiry -> !after.contains(expiry)).toList();
    }

    private Set<Expiry> waitingAfter() {
        Set<Expiry> after = new HashSet<>();
        orders.values().stream().filter(PayOrder::expires).forEach(order -> after.add(expiry(order)));
        return after;
    }
}
