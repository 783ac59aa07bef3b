package cn.onecard.engine.rail.medical;

import cn.onecard.engine.rail.nhsa.Output;

/** What became of a message to the insurance. */
public sealed interface Reply<A extends Output> {
    /** It was done. */
    record Done<A extends Output>(A output) implements Reply<A> {}

    /** It was refused for good; nothing was done.
     *
     *  @param code infcode */
    record Refused<A extends Output>(String code) implements Reply<A> {}

    /** Nobody knows whether it was done.
     *
     *  @param why without anything of a patient */
    record Unclear<A extends Output>(String why) implements Reply<A> {}

    /** It never left; nothing was done. */
    record NotSent<A extends Output>(String why) implements Reply<A> {}
}
