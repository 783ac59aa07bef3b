package cn.onecard.engine.rail.unionpay;

import cn.onecard.engine.rail.iso8583.Message;
import cn.onecard.engine.rail.iso8583.ProcessingRequirement;

/** What came of sending one message. */
sealed interface Reply {
    /** The host was not reached: nothing has left. */
    record Unreached() implements Reply {}

    /** It may have left, and nothing came back that answers it. */
    record Silence() implements Reply {}

    /** Something came back that answers it and cannot be used. */
    record Unreadable() implements Reply {}

    /** Something came back that answers it and was not made with our MAC key. */
    record Forged() implements Reply {}

    /** The answer.
     *
     *  @param message of the type after the request's, of this terminal and trace
     *  @param requirement what else the host asks */
    record Answer(Message message, ProcessingRequirement requirement) implements Reply {}
}
