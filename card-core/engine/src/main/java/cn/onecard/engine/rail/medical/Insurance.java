package cn.onecard.engine.rail.medical;

import cn.onecard.engine.rail.nhsa.Input;
import cn.onecard.engine.rail.nhsa.MessageId;
import cn.onecard.engine.rail.nhsa.Output;

/** The national health insurance, as an institution talks to it. */
public interface Insurance {
    /** Sends a message, once, and waits for its answer.
     *
     *  @param id its number; a message that was unclear is never sent again, under this number or another */
    <A extends Output> Reply<A> ask(MessageId id, Input<A> input) throws InterruptedException;
}
