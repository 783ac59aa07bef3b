package cn.onecard.engine.flow;

import cn.onecard.engine.bill.BillCase;
import cn.onecard.engine.bill.BillOrder;
import cn.onecard.engine.bill.Cancellation;
import cn.onecard.engine.bill.CancellationState;
import cn.onecard.engine.bill.StatementTable;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderState;
import cn.onecard.engine.outbox.Outbox;
import cn.onecard.engine.rail.bill.ColumnLayout;
import cn.onecard.engine.rail.bill.Row;
import cn.onecard.engine.rail.utility.Biller;
import cn.onecard.engine.rail.utility.BillerDescriptor;
import cn.onecard.engine.rail.utility.StatementAnswer;
import cn.onecard.vocabulary.Money;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** The statement of a biller's day held against our payments (对账). A payment that nobody knew about is paid if the statement lists it,
 *  and given back if not. What was decided already and is listed otherwise becomes a case: no money moves by it.
 *
 *  <p><b>Late payments.</b> What was sent shortly before the cut-off may stand in the statement of the next day. It is given back only
 *  when both do not list it.
 *
 *  <p><b>Our own statement.</b> To a biller that wants one we list what we paid. What nobody knows is never listed. */
public final class BillStatements {
    private static final Duration SHORTLY = Duration.ofMinutes(15);

    private final BillDesk.Books books;
    private final StatementTable statements;
    private final PartnerDesk partners;
    private final BillCancelling cancelling;
    private final Clock clock;

    public BillStatements(BillDesk.Books books, StatementTable statements, PartnerDesk partners, BillCancelling cancelling, Clock clock) {
        this.books = books;
        this.statements = statements;
        this.partners = partners;
        this.cancelling = cancelling;
        this.clock = clock;
    }

    /** What came of a statement.
     *
     *  @param lines of it
     *  @param paid how many payments it proved
     *  @param released how many it proved undone */
    public record Decided(int lines, Money total, int paid, int released, List<BillCase> cases) {
        public Decided {
            cases = List.copyOf(cases);
        }
    }

    /** Gets the statement of a day and lets it decide, or gives ours where the biller wants one.
     *
     *  @return empty if the biller has none or cannot be asked; it may be asked again, also for a day that was decided */
    public Optional<Decided> settle(Biller biller, LocalDate day) throws InterruptedException, ExecutionException {
        return biller.descriptor().day().statementSide() == BillerDescriptor.StatementSide.AGENT_PUSH ? submit(biller, day) : decide(biller, day);
    }

    private Optional<Decided> decide(Biller biller, LocalDate day) throws InterruptedException, ExecutionException {
        if (!(biller.statement(day) instanceof StatementAnswer.Statement statement)) {
            return Optional.empty();
        }
        String name = biller.descriptor().biller();
        List<BillCase> cases = new ArrayList<>();
        Map<String, Money> listed = new TreeMap<>();
        Money total = Money.ZERO;
        for (Row line : statement.lines()) {
            Money amount = line.money(ColumnLayout.AMOUNT);
            total = total.plus(amount);
            if (listed.putIfAbsent(line.text("orderNo"), amount) != null) {
                cases.add(new BillCase(name, day, line.text("orderNo"), BillCase.Kind.LISTED_TWICE, Money.ZERO, amount));
            }
        }
        int paid = 0;
        for (Map.Entry<String, Money> one : listed.entrySet()) {
            paid += decideListed(biller, day, one, cases);
        }
        int released = 0;
        for (BillOrder bill : unlisted(biller, day, listed.keySet())) {
            released += decideUnlisted(biller, day, bill, cases);
        }
        statements.write(name, day, statement.lines().size(), total, cases, clock.instant());
        return Optional.of(new Decided(statement.lines().size(), total, paid, released, cases));
    }

    private int decideListed(Biller biller, LocalDate day, Map.Entry<String, Money> line, List<BillCase> cases) throws InterruptedException, ExecutionException {
        String name = biller.descriptor().biller();
        Optional<BillOrder> found = line.getKey().matches("[0-9a-f]{32}") ? books.bills().find(OrderId.parse(line.getKey())).filter(one -> one.biller().equals(name))
                : Optional.empty();
        Optional<OpenOrders.View> view = found.flatMap(bill -> books.orders().find(bill.order()));
        if (view.isEmpty()) {
            cases.add(new BillCase(name, day, line.getKey(), BillCase.Kind.NOT_OURS, Money.ZERO, line.getValue()));
            return 0;
        }
        BillOrder bill = found.orElseThrow();
        if (!bill.payment().amount().equals(line.getValue())) {
            cases.add(new BillCase(name, day, line.getKey(), BillCase.Kind.AMOUNT_DIFFERS, bill.payment().amount(), line.getValue()));
            return 0;
        }
        Optional<Cancellation> waiting = awaiting(bill.order());
        if (waiting.isPresent()) {
            cancelling.decide(waiting.get(), true);
        }
        return switch (view.get().state()) {
            case UNKNOWN -> {
                partners.decideByStatement(bill.order(), true, "listed in the statement of " + day);
                yield 1;
            }
            case CAPTURED -> 0;
            case VOIDED, PARTLY_REFUNDED, REFUNDED, EXPIRED, REFUSED -> {
                cases.add(new BillCase(name, day, line.getKey(), BillCase.Kind.GIVEN_BACK, Money.ZERO, line.getValue()));
                yield 0;
            }
            case NONE, QUOTED, HELD -> {
                cases.add(new BillCase(name, day, line.getKey(), BillCase.Kind.UNDECIDED, bill.payment().amount(), line.getValue()));
                yield 0;
            }
        };
    }

    private int decideUnlisted(Biller biller, LocalDate day, BillOrder bill, List<BillCase> cases) throws InterruptedException, ExecutionException {
        Optional<OpenOrders.View> view = books.orders().find(bill.order());
        Optional<Cancellation> waiting = awaiting(bill.order());
        if (waiting.isPresent()) {
            cancelling.decide(waiting.get(), false);
            return 1;
        }
        OrderState state = view.map(OpenOrders.View::state).orElse(OrderState.NONE);
        if (state == OrderState.UNKNOWN) {
            partners.decideByStatement(bill.order(), false, "not listed in the statement of " + day);
            return 1;
        }
        if (state == OrderState.CAPTURED) {
            cases.add(new BillCase(biller.descriptor().biller(), day, bill.order().toString(), BillCase.Kind.NOT_LISTED, bill.payment().amount(), Money.ZERO));
        }
        return 0;
    }

    /** The payments that the statement of that day had to list and does not; of the late ones of the day before, those that the
     *  statement of their own day does not list either. */
    private List<BillOrder> unlisted(Biller biller, LocalDate day, Set<String> listed) {
        BillerDescriptor descriptor = biller.descriptor();
        List<BillOrder> all = new ArrayList<>();
        books.bills().listOfDay(descriptor.biller(), day).stream().filter(bill -> !isLate(descriptor, bill)).forEach(all::add);
        List<BillOrder> late = books.bills().listOfDay(descriptor.biller(), day.minusDays(1)).stream().filter(bill -> isLate(descriptor, bill)).toList();
        if (!late.isEmpty() && biller.statement(day.minusDays(1)) instanceof StatementAnswer.Statement before) {
            Set<String> listedBefore = before.lines().stream().map(line -> line.text("orderNo")).collect(Collectors.toSet());
            late.stream().filter(bill -> !listedBefore.contains(bill.order().toString())).forEach(all::add);
        }
        return all.stream().filter(bill -> !listed.contains(bill.order().toString())).toList();
    }

    private static boolean isLate(BillerDescriptor descriptor, BillOrder bill) {
        return !bill.createdAt().isBefore(descriptor.endOf(bill.day()).minus(SHORTLY));
    }

    private Optional<Decided> submit(Biller biller, LocalDate day) {
        List<Row> lines = new ArrayList<>();
        Money total = Money.ZERO;
        for (BillOrder bill : books.bills().listOfDay(biller.descriptor().biller(), day)) {
            if (books.orders().find(bill.order()).filter(view -> view.state() == OrderState.CAPTURED).isPresent()) {
                total = total.plus(bill.payment().amount());
                lines.add(Row.of().set("date", day).set("orderNo", bill.order().toString()).set("account", bill.payment().account())
                        .set(ColumnLayout.AMOUNT, bill.payment().amount()).set("reference", books.outbox().findOutcome(bill.order()).map(Outbox.Outcome::reference).orElse("")).build());
            }
        }
        byte[] file = biller.descriptor().statementLayout().write(lines);
        if (!(biller.submit(day, file) instanceof StatementAnswer.Statement)) {
            return Optional.empty();
        }
        statements.write(biller.descriptor().biller(), day, lines.size(), total, List.of(), clock.instant());
        return Optional.of(new Decided(lines.size(), total, 0, 0, List.of()));
    }

    private Optional<Cancellation> awaiting(OrderId order) {
        return books.cancellations().find(order).filter(one -> one.state() == CancellationState.AWAITING_STATEMENT || one.state() == CancellationState.UNKNOWN);
    }
}
