package cn.onecard.fare;

/** The answer of the rules to a ride: a price, or why there is none. */
public sealed interface Pricing permits Price, Unpriced {}
