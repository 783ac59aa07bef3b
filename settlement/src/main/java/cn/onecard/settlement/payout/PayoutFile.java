package cn.onecard.settlement.payout;

import cn.onecard.settlement.day.Sha256;

/** A file of a day, as it was written.
 *
 *  @param name without its folder
 *  @param sha256 of its bytes */
public record PayoutFile(String name, long byteCount, Sha256 sha256) {}
