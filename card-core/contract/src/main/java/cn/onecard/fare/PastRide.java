package cn.onecard.fare;

import cn.onecard.vocabulary.Money;

/** The ride before, which may make this one cheaper.
 *
 *  @param paid what was charged for it
 *  @param transfers how many rides in a row, this one the last, were transfers already; 0 if it was none */
public record PastRide(Leg leg, Money paid, int transfers) {}
