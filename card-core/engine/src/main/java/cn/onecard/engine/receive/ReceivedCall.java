package cn.onecard.engine.receive;

/** A payment call of a terminal, with every field in range. Nothing is proved yet but who calls.
 *
 *  @param gateway the caller, by its certificate
 *  @param frame what it asks
 *  @param <F> the kind of frame */
public record ReceivedCall<F>(String gateway, F frame) {}
