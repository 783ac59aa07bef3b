package cn.onecard.engine.flow;

import cn.onecard.engine.card.PsamMaster;
import cn.onecard.engine.card.RegisterTable;
import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.LoadTerms;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.OrderEvent;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderKind;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.engine.order.PaymentRequest;
import cn.onecard.engine.order.PaymentRequest.Change;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.engine.receive.ReceivedCall;
import cn.onecard.engine.receive.TerminalDesk;
import cn.onecard.engine.reply.PaymentReceipts;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.ChangeFrame;
import cn.onecard.wire.LoadFrame;
import cn.onecard.wire.LoadTacFrame;
import cn.onecard.wire.MalformedFrame;
import cn.onecard.wire.PaymentFrame;
import cn.onecard.wire.proto.OrderAnswer;
import cn.onecard.wire.proto.OrderFound;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** What happens to the payment calls of terminals: the register says for whom a terminal works, and the order is opened or changed by
 *  the corridor of payments, or by the desk of loads. */
public final class TerminalPayments implements TerminalDesk {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    /** Of a payment that is captured at once; it has to be some time. */
    private static final Duration AT_ONCE = Duration.ofMinutes(1);

    private final RegisterTable register;
    private final OpenOrders orders;
    private final LoadDesk loads;
    private final CallersCorridor corridor;
    private final Clock clock;

    public TerminalPayments(RegisterTable register, OpenOrders orders, LoadDesk loads, CallersCorridor corridor, Clock clock) {
        this.register = register;
        this.orders = orders;
        this.loads = loads;
        this.corridor = corridor;
        this.clock = clock;
    }

    @Override
    public cn.onecard.wire.proto.LoadAnswer beginLoad(ReceivedCall<LoadFrame> call) throws InterruptedException, ExecutionException {
        LoadFrame frame = call.frame();
        CallKey key = key(call.gateway(), frame.key());
        Optional<PsamMaster> terminal = findTerminal(call.gateway(), frame.terminal());
        if (terminal.isEmpty()) {
            return PaymentReceipts.no(PaymentRefusal.TERMINAL_UNKNOWN);
        }
        boolean isPaidIn = frame.source() != LoadFrame.Source.WALLET;
        OrderTerms order = new OrderTerms(isPaidIn ? OrderKind.TOP_UP_PAID_IN : OrderKind.TOP_UP,
                new AccountId(frame.cardNo(), isPaidIn ? AccountKind.LOADS_IN_FLIGHT : AccountKind.WALLET),
                terminal.get().party(), terminal.get().service().code(), frame.amount());
        LoadFrame.CardInit init = frame.init();
        LoadTerms.CardInit answered = new LoadTerms.CardInit(init.oldBalance(), init.onlineCounter(), init.random(), init.keyVersion());
        String reason = "by " + frame.source() + ", algorithm " + init.algorithm();
        return switch (loads.begin(new LoadDesk.Ask(key, order, frame.terminal(), answered, frame.mac1(), reason))) {
            case LoadAnswer.Go go -> PaymentReceipts.go(go.hostTime(), go.mac2());
            case LoadAnswer.No no -> PaymentReceipts.no(no.reason());
        };
    }

    @Override
    public OrderAnswer confirmLoad(ReceivedCall<LoadTacFrame> call) throws InterruptedException, ExecutionException {
        LoadTacFrame frame = call.frame();
        return PaymentReceipts.of(loads.confirm(key(call.gateway(), frame.key()), order(call.gateway(), frame.orderKey()), frame.tac()));
    }

    @Override
    public OrderAnswer pay(ReceivedCall<PaymentFrame> call) throws InterruptedException, ExecutionException {
        return open(call, Goal.PAY, AT_ONCE);
    }

    @Override
    public OrderAnswer hold(ReceivedCall<PaymentFrame> call) throws InterruptedException, ExecutionException {
        return open(call, Goal.HOLD, Duration.ofSeconds(call.frame().lifetimeSeconds()));
    }

    @Override
    public OrderAnswer capture(ReceivedCall<ChangeFrame> call) throws InterruptedException, ExecutionException {
        return change(call, OrderEvent.CAPTURE);
    }

    @Override
    public OrderAnswer voidHold(ReceivedCall<ChangeFrame> call) throws InterruptedException, ExecutionException {
        return change(call, OrderEvent.VOID);
    }

    @Override
    public OrderAnswer refund(ReceivedCall<ChangeFrame> call) throws InterruptedException, ExecutionException {
        return change(call, OrderEvent.REFUND_PART);
    }

    @Override
    public OrderFound findOrder(ReceivedCall<String> orderKey) {
        return PaymentReceipts.of(orders.find(orderKey.gateway(), order(orderKey.gateway(), orderKey.frame())));
    }

    private OrderAnswer open(ReceivedCall<PaymentFrame> call, Goal goal, Duration lifetime) throws InterruptedException, ExecutionException {
        PaymentFrame frame = call.frame();
        CallKey key = key(call.gateway(), frame.key());
        Optional<PsamMaster> terminal = findTerminal(call.gateway(), frame.terminal());
        if (terminal.isEmpty()) {
            return PaymentReceipts.refused(PaymentRefusal.TERMINAL_UNKNOWN);
        }
        OrderTerms order = new OrderTerms(OrderKind.PAYMENT, new AccountId(frame.cardNo(), AccountKind.WALLET), terminal.get().party(), frame.serviceCode(),
                frame.amount());
        return done(Opening.of(key, order, goal, lifetime, now()).because("at terminal " + frame.terminal()));
    }

    private OrderAnswer change(ReceivedCall<ChangeFrame> call, OrderEvent event) throws InterruptedException, ExecutionException {
        ChangeFrame frame = call.frame();
        return done(new Change(key(call.gateway(), frame.key()), order(call.gateway(), frame.orderKey()), event, frame.amount(), "", now()));
    }

    private OrderAnswer done(PaymentRequest request) throws InterruptedException, ExecutionException {
        return PaymentReceipts.of(corridor.take(request).get());
    }

    /** The terminal of that number, if it is the gateway's and valid today. */
    private Optional<PsamMaster> findTerminal(String gateway, TerminalId number) {
        LocalDate today = LocalDate.ofInstant(now(), CHINA);
        return Optional.ofNullable(register.readPsams(List.of(number)).get(number))
                .filter(psam -> psam.gateway().equals(gateway) && !today.isBefore(psam.validFrom()) && !today.isAfter(psam.validTo()));
    }

    private Instant now() {
        return clock.instant();
    }

    private static OrderId order(String gateway, String orderKey) {
        return OrderId.of(key(gateway, orderKey));
    }

    /** A gateway whose name cannot be a caller's gets as far as here only where it talks in clear. */
    private static CallKey key(String gateway, String key) {
        try {
            return CallKey.ofCaller(gateway, key);
        } catch (IllegalArgumentException e) {
            throw new MalformedFrame(String.valueOf(e.getMessage()));
        }
    }
}
