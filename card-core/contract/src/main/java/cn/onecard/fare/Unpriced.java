package cn.onecard.fare;

/** The rules have no price for a ride.
 *
 *  @param why what they have no fare for */
public record Unpriced(String why) implements Pricing, Start {}
