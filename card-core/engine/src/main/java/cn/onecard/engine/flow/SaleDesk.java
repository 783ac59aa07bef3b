package cn.onecard.engine.flow;

import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderKind;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.engine.order.PaymentRequest.Change;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.engine.rail.register.BasketCheck;
import cn.onecard.engine.rail.register.BasketJudgement;
import cn.onecard.engine.rail.register.CheckedBasket;
import cn.onecard.engine.rail.register.Means;
import cn.onecard.engine.rail.register.RefundAsk;
import cn.onecard.engine.rail.register.RefundTable;
import cn.onecard.engine.rail.register.Sale;
import cn.onecard.engine.rail.register.SaleAnswer;
import cn.onecard.engine.rail.register.SaleRefusal;
import cn.onecard.engine.rail.register.SaleTable;
import cn.onecard.engine.rail.register.SaleTable.Entry;
import cn.onecard.engine.rail.register.TillTable;
import cn.onecard.engine.rail.register.TillUpload;
import cn.onecard.vocabulary.Money;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jooq.DSLContext;

/** Takes what the tills of shops report (云MIS). A sale is checked before money moves, then paid where that is for us to do, then
 *  written down with its lines, many in one transaction.
 *
 *  <p><b>Stopped in between.</b> A sale that was paid and not written down has an order and no lines. The till, which got no answer,
 *  sends it again: the order gives its first answer, and the lines are written. */
public final class SaleDesk {
    /** Of an order that is held and captured at once: it says nothing, and is part of what the request says. */
    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private final SaleTable sales;
    private final RefundTable refunds;
    private final TillTable tills;
    private final OpenOrders orders;
    private final PaymentCorridor corridor;
    private final Clock clock;

    private SaleDesk(Tables tables, PaymentCorridor corridor, Clock clock) {
        this.sales = tables.sales;
        this.refunds = tables.refunds;
        this.tills = tables.tills;
        this.orders = tables.orders;
        this.corridor = corridor;
        this.clock = clock;
    }

    /** What is written down and looked up. */
    private record Tables(SaleTable sales, RefundTable refunds, TillTable tills, OpenOrders orders) {}

    /** Opens a desk. The books must have been begun.
     *
     *  @param node name of this core node, unique among the nodes on one database */
    public static SaleDesk open(String node, DSLContext dsl, PaymentCorridor corridor, Clock clock) {
        return new SaleDesk(new Tables(SaleTable.open(dsl, node), new RefundTable(dsl), new TillTable(dsl), new OpenOrders(dsl)), corridor, clock);
    }

    /** Takes a sale. */
    public SaleAnswer take(Sale sale) throws InterruptedException, ExecutionException {
        return take(List.of(sale)).getFirst();
    }

    /** Takes sales.
     *
     *  @return one answer for each, in order
     *  @throws ExecutionException if nobody knows whether one of them was paid; sent again, all get their answers */
    public List<SaleAnswer> take(List<Sale> some) throws InterruptedException, ExecutionException {
        Map<OrderId, Sale> first = new LinkedHashMap<>();
        some.forEach(sale -> first.putIfAbsent(sale.id(), sale));
        Map<OrderId, SaleAnswer> answers = new HashMap<>();
        List<Entry> open = new ArrayList<>();
        for (Sale sale : first.values()) {
            switch (BasketCheck.judge(sale.basket(), sale.amount())) {
                case BasketJudgement.Refused refused -> answers.put(sale.id(), new SaleAnswer.DoesNotAddUp(sale.id(), refused));
                case CheckedBasket checked -> open.add(new Entry(sale, checked, clock.instant()));
            }
        }
        boolean isWritten;
        do {
            open = pay(withoutThose(open, answers), answers);
            isWritten = sales.write(open);
        } while (!isWritten);
        open.forEach(entry -> answers.put(entry.sale().id(), new SaleAnswer.Taken(entry.sale().id(), entry.basket().amount())));
        return some.stream().map(sale -> sale.equals(first.get(sale.id())) ? answers.getOrDefault(sale.id(), conflict(sale)) : conflict(sale)).toList();
    }

    /** Takes the basket of an order that is paid already, once. It adds up to what was captured, or it is refused and the payment
     *  stands.
     *
     *  @param sale with the key by which the order was opened */
    public SaleAnswer attach(Sale sale) {
        OrderId id = sale.id();
        Optional<OpenOrders.View> order = orders.find(id).filter(one -> one.kind() == OrderKind.PAYMENT
                && sale.means() instanceof Means.OnLine line && line.account().cardNo().equals(one.cardNo()));
        if (order.isEmpty()) {
            return new SaleAnswer.Refused(id, SaleRefusal.SALE_UNKNOWN);
        }
        Money captured = order.get().amounts().captured();
        if (captured.fen() == 0) {
            return new SaleAnswer.Refused(id, SaleRefusal.NOT_PAID);
        }
        return switch (BasketCheck.judge(sale.basket(), captured)) {
            case BasketJudgement.Refused refused -> new SaleAnswer.DoesNotAddUp(id, refused);
            case CheckedBasket checked -> {
                Map<OrderId, SaleAnswer> answers = new HashMap<>();
                List<Entry> open = withoutThose(List.of(new Entry(sale, checked, clock.instant())), answers);
                while (!sales.write(open)) {
                    open = withoutThose(open, answers);
                }
                yield answers.getOrDefault(id, new SaleAnswer.Taken(id, captured));
            }
        };
    }

    /** Gives back what a sale was paid with, or some of it. */
    public SaleAnswer refund(RefundAsk ask) throws InterruptedException, ExecutionException {
        return switch (refunds.begin(ask, clock.instant())) {
            case RefundTable.Beginning.Ended ended -> ended.answer();
            case RefundTable.Beginning.Begun begun -> {
                Optional<PaymentRefusal> refusal = begun.byOrder() ? giveBack(ask, begun.amount()) : Optional.empty();
                refunds.end(begun, refusal);
                yield refusal.<SaleAnswer>map(reason -> new SaleAnswer.NotPaid(ask.sale(), reason))
                        .orElseGet(() -> new SaleAnswer.Taken(ask.sale(), begun.amount()));
            }
        };
    }

    /** Takes what a till sold while it was off line. */
    public TillUpload.Answer upload(TillUpload upload) throws InterruptedException, ExecutionException {
        Map<Long, TillUpload.TillRecord> first = new LinkedHashMap<>();
        upload.records().forEach(one -> first.putIfAbsent(one.seq(), one));
        Map<Long, SaleAnswer> answers = new HashMap<>();
        boolean isWritten;
        do {
            Map<Long, Boolean> there = tills.findThere(upload);
            List<TillUpload.TillRecord> right = first.values().stream().filter(one -> there.getOrDefault(one.seq(), true)).toList();
            List<SaleAnswer> taken = take(right.stream().map(TillUpload.TillRecord::sale).toList());
            Map<Long, String> words = new HashMap<>();
            answers.clear();
            for (int i = 0; i < right.size(); i++) {
                answers.put(right.get(i).seq(), taken.get(i));
                if (!there.containsKey(right.get(i).seq())) {
                    words.put(right.get(i).seq(), taken.get(i).word());
                }
            }
            isWritten = tills.write(upload, words, clock.instant());
        } while (!isWritten);
        TillTable.Progress progress = tills.progress(upload);
        return new TillUpload.Answer(upload.epoch(), progress.ackedThrough(), progress.gaps(), upload.records().stream()
                .map(one -> new TillUpload.RecordAnswer(one.seq(), one.equals(first.get(one.seq())) ? answers.getOrDefault(one.seq(), conflict(one.sale()))
                        : conflict(one.sale()))).toList());
    }

    /** Answers those that are written down already, and returns the others. */
    private List<Entry> withoutThose(List<Entry> open, Map<OrderId, SaleAnswer> answers) {
        Map<OrderId, SaleTable.There> there = sales.findThere(open.stream().map(Entry::sale).toList());
        there.forEach((id, one) -> answers.put(id, one.isSame() ? new SaleAnswer.Taken(id, one.amount()) : new SaleAnswer.Refused(id, SaleRefusal.KEY_CONFLICT)));
        return open.stream().filter(entry -> !there.containsKey(entry.sale().id())).toList();
    }

    /** Has those paid that an account is to pay; answers those that it would not, and returns the others. */
    private List<Entry> pay(List<Entry> open, Map<OrderId, SaleAnswer> answers) throws InterruptedException, ExecutionException {
        Map<OrderId, CompletableFuture<PaymentAnswer>> asked = new HashMap<>();
        for (Entry entry : open) {
            if (entry.sale().means() instanceof Means.OnLine line) {
                Sale.Till till = entry.sale().till();
                OrderTerms terms = new OrderTerms(OrderKind.PAYMENT, line.account(), till.party(), till.serviceCode(), entry.sale().amount());
                asked.put(entry.sale().id(), corridor.take(Opening.of(entry.sale().call(), terms, Goal.PAY, LIFETIME, entry.receivedAt())));
            }
        }
        for (CompletableFuture<PaymentAnswer> one : asked.values()) {
            if (one.get() instanceof PaymentAnswer.Refused refused) {
                OrderId id = refused.order();
                answers.put(id, refused.reason() == PaymentRefusal.KEY_CONFLICT ? new SaleAnswer.Refused(id, SaleRefusal.KEY_CONFLICT)
                        : new SaleAnswer.NotPaid(id, refused.reason()));
            }
        }
        return open.stream().filter(entry -> !answers.containsKey(entry.sale().id())).toList();
    }

    private Optional<PaymentRefusal> giveBack(RefundAsk ask, Money amount) throws InterruptedException, ExecutionException {
        Change refund = Change.refund(ask.call(), ask.sale(), amount, ask.reason(), clock.instant());
        return corridor.take(refund).get() instanceof PaymentAnswer.Refused refused ? Optional.of(refused.reason()) : Optional.empty();
    }

    private static SaleAnswer conflict(Sale sale) {
        return new SaleAnswer.Refused(sale.id(), SaleRefusal.KEY_CONFLICT);
    }
}
