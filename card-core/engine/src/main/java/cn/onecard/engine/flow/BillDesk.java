package cn.onecard.engine.flow;

import cn.onecard.engine.bill.BillOrder;
import cn.onecard.engine.bill.BillQuote;
import cn.onecard.engine.bill.BillTable;
import cn.onecard.engine.bill.CancellationTable;
import cn.onecard.engine.bill.QuoteSeal;
import cn.onecard.engine.flow.BillAnswer.No;
import cn.onecard.engine.flow.BillAnswer.Reason;
import cn.onecard.engine.key.StorageKey;
import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderKind;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.Outgoing;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.engine.outbox.Outbox;
import cn.onecard.engine.rail.utility.AmountRule;
import cn.onecard.engine.rail.utility.Bill;
import cn.onecard.engine.rail.utility.BillPayment;
import cn.onecard.engine.rail.utility.BillQuery;
import cn.onecard.engine.rail.utility.Biller;
import cn.onecard.engine.rail.utility.BillerDescriptor;
import cn.onecard.engine.rail.utility.QueryAnswer;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;

/** Bills of water, electricity and gas (水电气代缴): asked for, offered with a quote, and paid: the money is held, the biller is told, and
 *  what it answers is captured or released.
 *
 *  <p><b>One at a time.</b> A bill is in the hands of one payment, on whichever node. A payment that was refused or given up hands it
 *  on. One that never came to an order does so after {@link #PATIENCE}, by when no message of it can leave any more. */
public final class BillDesk {
    /** How long a payment may wait to be sent. */
    private static final Duration LIFETIME = Duration.ofMinutes(1);
    /** How long a payment without an order keeps a bill: its lifetime, and as much for clocks that differ. */
    static final Duration PATIENCE = LIFETIME.multipliedBy(2);

    private final Map<String, Biller> billers;
    private final Books books;
    private final QuoteSeal seal;
    private final PartnerDesk partners;
    private final Clock clock;

    /** Where payments of bills are kept.
     *
     *  @param key what fulfilments and quotes are sealed with */
    public record Books(BillTable bills, CancellationTable cancellations, OpenOrders orders, Outbox outbox, StorageKey key) {
        /** The books of a database. */
        public static Books of(DSLContext dsl, StorageKey key) {
            return new Books(new BillTable(dsl, key), new CancellationTable(dsl), new OpenOrders(dsl), new Outbox(dsl), key);
        }

        /** A payment as it stands. */
        BillAnswer.Stands stands(OpenOrders.View view) {
            Optional<Outbox.Outcome> outcome = outbox.findOutcome(view.order());
            String fulfilment = outcome.map(one -> Base64.getEncoder().encodeToString(BillPartner.open(key, view.order(), one.fulfilment()))).orElse("");
            return new BillAnswer.Stands(view.order(), view.state(), view.amounts().asked(), outcome.map(Outbox.Outcome::reference).orElse(""), fulfilment,
                    cancellations.find(view.order()).map(BillAnswer.Cancelling::of));
        }
    }

    /** @param partners by which the billers are reached */
    public BillDesk(Map<String, Biller> billers, Books books, PartnerDesk partners, Clock clock) {
        this.billers = Map.copyOf(billers);
        this.books = books;
        this.seal = new QuoteSeal(books.key());
        this.partners = partners;
        this.clock = clock;
    }

    /** A bill to be paid.
     *
     *  @param call who asks, and by which key
     *  @param card whose wallet pays
     *  @param quote as it was offered */
    public record Ask(CallKey call, CardNo card, String quote, Money amount) {}

    /** The billers there are, by name. */
    public List<BillerDescriptor> list() {
        return billers.keySet().stream().sorted().map(name -> biller(name).orElseThrow().descriptor()).toList();
    }

    /** Asks a biller for the bills of an account. */
    public BillAnswer query(String name, BillQuery query) {
        Optional<Biller> found = biller(name);
        if (found.isEmpty()) {
            return new No(Reason.BILLER_UNKNOWN, name);
        }
        Biller biller = found.get();
        Optional<String> wrong = biller.descriptor().findWrongInput(query);
        if (wrong.isPresent()) {
            return new No(Reason.INPUT_WRONG, wrong.get());
        }
        return switch (biller.query(query)) {
            case QueryAnswer.Bills bills -> offer(biller.descriptor(), query.account(), bills);
            case QueryAnswer.Refused refused -> new No(Reason.BILLER_REFUSED, refused.code());
            case QueryAnswer.NotAnswered notAnswered -> new No(Reason.BILLER_AWAY, notAnswered.why());
        };
    }

    /** Pays a bill. Asked again with the same key, it says what became of it.
     *
     *  @return how the payment stands once the biller has answered, or cannot be told now */
    public CompletableFuture<BillAnswer> pay(Ask ask) throws InterruptedException {
        Optional<BillQuote> opened = seal.open(ask.quote());
        Optional<Biller> biller = opened.flatMap(quote -> biller(quote.biller()));
        if (biller.isEmpty()) {
            return done(new No(Reason.QUOTE_UNKNOWN, ""));
        }
        BillQuote quote = opened.orElseThrow();
        BillerDescriptor descriptor = biller.get().descriptor();
        Instant now = clock.instant();
        OrderId order = OrderId.of(ask.call());
        BillOrder bill = new BillOrder(order, quote.biller(), BillPayment.of(order.toString(), quote.account(), quote.bill(), ask.amount()), descriptor.dayOf(now), now);
        Optional<BillOrder> before = books.bills().find(order);
        if (before.isPresent() && !isSame(before.get(), bill)) {
            return done(new No(Reason.KEY_CONFLICT, ""));
        }
        if (books.orders().find(order).isEmpty()) {
            Optional<No> no = refuse(quote, descriptor, bill, now);
            if (no.isPresent()) {
                return done(no.get());
            }
        }
        OrderTerms terms = new OrderTerms(OrderKind.PAYMENT, new AccountId(ask.card(), AccountKind.WALLET), descriptor.about().partyId(),
                descriptor.about().serviceCode(), ask.amount());
        return partners.pay(Opening.by(new Outgoing(quote.biller(), quote.bill().billRef()), ask.call(), terms, LIFETIME, now)).thenApply(this::answer);
    }

    /** How a payment stands.
     *
     *  @param caller who made it */
    public BillAnswer find(String caller, OrderId order) {
        return books.orders().find(caller, order).filter(view -> books.bills().isBill(order)).<BillAnswer>map(books::stands)
                .orElseGet(() -> new No(Reason.PAYMENT_UNKNOWN, ""));
    }

    private BillAnswer offer(BillerDescriptor descriptor, String account, QueryAnswer.Bills answer) {
        List<BillAnswer.Offered> offered = new ArrayList<>();
        List<String> older = new ArrayList<>();
        for (Bill bill : answer.bills()) {
            offered.add(new BillAnswer.Offered(bill, seal.seal(new BillQuote(descriptor.biller(), account, bill, older))));
            if (descriptor.rules().order() == BillerDescriptor.PayOrder.OLDEST_FIRST) {
                older.add(bill.billRef());
            }
        }
        return new BillAnswer.Offer(answer.customer(), offered);
    }

    /** Why a new payment is not let through; empty if it has the bill in hand now. */
    private Optional<No> refuse(BillQuote quote, BillerDescriptor descriptor, BillOrder bill, Instant now) {
        if (!quote.bill().holdsAt(now)) {
            return Optional.of(new No(Reason.QUOTE_OVER, "since " + quote.bill().quote().expiresAt()));
        }
        if (!descriptor.rules().amountRule().allows(quote.bill(), bill.payment().amount())) {
            return Optional.of(new No(Reason.AMOUNT_WRONG, descriptor.rules().amount() + " of " + quote.bill().total()));
        }
        boolean isFirst = quote.older().stream().allMatch(older -> books.bills().findClaim(quote.biller(), quote.account(), older)
                .flatMap(books.orders()::find).filter(view -> isPaid(view)).isPresent());
        return isFirst ? claim(descriptor, bill) : Optional.of(new No(Reason.OLDER_BILL_FIRST, ""));
    }

    private Optional<No> claim(BillerDescriptor descriptor, BillOrder bill) {
        BillTable.Claim claim = books.bills().claim(bill);
        Optional<OpenOrders.View> order = books.orders().find(claim.order());
        if (order.isEmpty()) {
            boolean isMine = claim.order().equals(bill.order());
            boolean isLeft = !bill.createdAt().isBefore(claim.since().plus(PATIENCE));
            return (isMine || isLeft) && books.bills().takeOver(bill, claim) ? Optional.empty() : Optional.of(new No(Reason.BILL_IN_HAND, ""));
        }
        return switch (order.get().state()) {
            case NONE, QUOTED, HELD, UNKNOWN -> Optional.of(new No(Reason.BILL_IN_HAND, "order " + claim.order()));
            case CAPTURED, PARTLY_REFUNDED -> descriptor.rules().amount() == AmountRule.Kind.EXACT ? Optional.of(new No(Reason.BILL_PAID, "order " + claim.order()))
                    : takeOver(bill, claim);
            case VOIDED, REFUNDED, EXPIRED, REFUSED -> takeOver(bill, claim);
        };
    }

    private Optional<No> takeOver(BillOrder bill, BillTable.Claim claim) {
        return books.bills().takeOver(bill, claim) ? Optional.empty() : Optional.of(new No(Reason.BILL_IN_HAND, "somebody was faster"));
    }

    private BillAnswer answer(PaymentAnswer answer) {
        return switch (answer) {
            case PaymentAnswer.Refused refused -> refused.reason() == PaymentRefusal.KEY_CONFLICT ? new No(Reason.KEY_CONFLICT, "")
                    : new No(Reason.PAYMENT_REFUSED, refused.reason().name());
            case PaymentAnswer.Done done -> books.stands(books.orders().find(done.order()).orElseThrow());
        };
    }

    private Optional<Biller> biller(String name) {
        return Optional.ofNullable(billers.get(name));
    }

    private static boolean isPaid(OpenOrders.View view) {
        return switch (view.state()) {
            case CAPTURED, PARTLY_REFUNDED -> true;
            case NONE, QUOTED, HELD, VOIDED, REFUNDED, EXPIRED, UNKNOWN, REFUSED -> false;
        };
    }

    private static boolean isSame(BillOrder before, BillOrder bill) {
        return before.biller().equals(bill.biller()) && before.payment().account().equals(bill.payment().account())
                && before.payment().billRef().equals(bill.payment().billRef()) && before.payment().amount().equals(bill.payment().amount());
    }

    private static CompletableFuture<BillAnswer> done(BillAnswer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
