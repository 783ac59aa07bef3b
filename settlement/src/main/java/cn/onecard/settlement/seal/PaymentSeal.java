package cn.onecard.settlement.seal;

import cn.onecard.settlement.day.Sha256;
import cn.onecard.vocabulary.Money;

/** The seal of a day's account entries.
 *
 *  @param moved the changes of balances, without their signs
 *  @param root the Merkle root over the accounts' seals, in the order of card and kind */
public record PaymentSeal(long entryCount, Money moved, Sha256 root) {}
