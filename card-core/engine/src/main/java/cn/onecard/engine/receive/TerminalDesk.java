package cn.onecard.engine.receive;

import cn.onecard.wire.ChangeFrame;
import cn.onecard.wire.LoadFrame;
import cn.onecard.wire.LoadTacFrame;
import cn.onecard.wire.PaymentFrame;
import cn.onecard.wire.proto.LoadAnswer;
import cn.onecard.wire.proto.OrderAnswer;
import cn.onecard.wire.proto.OrderFound;
import java.util.concurrent.ExecutionException;

/** Where the payment calls of terminals are handed in. Each call may wait for the database, on a virtual thread of its own, and
 *  returns when what it says is committed. It fails if nobody knows whether it is; then the same call, sent again, gets the answer. */
public interface TerminalDesk {
    LoadAnswer beginLoad(ReceivedCall<LoadFrame> call) throws InterruptedException, ExecutionException;

    OrderAnswer confirmLoad(ReceivedCall<LoadTacFrame> call) throws InterruptedException, ExecutionException;

    /** Holds and captures at once. */
    OrderAnswer pay(ReceivedCall<PaymentFrame> call) throws InterruptedException, ExecutionException;

    OrderAnswer hold(ReceivedCall<PaymentFrame> call) throws InterruptedException, ExecutionException;

    OrderAnswer capture(ReceivedCall<ChangeFrame> call) throws InterruptedException, ExecutionException;

    OrderAnswer voidHold(ReceivedCall<ChangeFrame> call) throws InterruptedException, ExecutionException;

    OrderAnswer refund(ReceivedCall<ChangeFrame> call) throws InterruptedException, ExecutionException;

    /** How the order of that key stands. */
    OrderFound findOrder(ReceivedCall<String> orderKey);
}
