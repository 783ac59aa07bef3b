package cn.onecard.engine.receive;

import cn.onecard.wire.ChangeFrame;
import cn.onecard.wire.LoadFrame;
import cn.onecard.wire.LoadTacFrame;
import cn.onecard.wire.PaymentFrame;
import cn.onecard.wire.proto.LoadAnswer;
import cn.onecard.wire.proto.OrderAnswer;
import cn.onecard.wire.proto.OrderDone;
import cn.onecard.wire.proto.OrderFound;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A desk of payments that answers everything with nothing, once it is released. */
final class HeldPayments implements TerminalDesk {
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger taken = new AtomicInteger();

    /** From now on everything is answered. */
    void release() {
        released.countDown();
    }

    /** Calls that came in. */
    int taken() {
        return taken.get();
    }

    private OrderAnswer answer() throws InterruptedException {
        taken.incrementAndGet();
        released.await();
        return OrderAnswer.newBuilder().setDone(OrderDone.getDefaultInstance()).build();
    }

    @Override
    public LoadAnswer beginLoad(ReceivedCall<LoadFrame> call) {
        throw new IllegalStateException("a desk that fails");
    }

    @Override
    public OrderAnswer confirmLoad(ReceivedCall<LoadTacFrame> call) throws InterruptedException {
        return answer();
    }

    @Override
    public OrderAnswer pay(ReceivedCall<PaymentFrame> call) throws InterruptedException {
        return answer();
    }

    @Override
    public OrderAnswer hold(ReceivedCall<PaymentFrame> call) throws InterruptedException {
        return answer();
    }

    @Override
    public OrderAnswer capture(ReceivedCall<ChangeFrame> call) throws InterruptedException {
        return answer();
    }

    @Override
    public OrderAnswer voidHold(ReceivedCall<ChangeFrame> call) throws InterruptedException {
        return answer();
    }

    @Override
    public OrderAnswer refund(ReceivedCall<ChangeFrame> call) throws InterruptedException {
        return answer();
    }

    @Override
    public OrderFound findOrder(ReceivedCall<String> orderKey) {
        return OrderFound.getDefaultInstance();
    }
}
