package cn.onecard.engine.office;

import cn.onecard.engine.order.AccountId;
import cn.onecard.vocabulary.Money;

/** An amount that moves from the account of a card that was replaced to that of the card in its place. An account moves amount by amount:
 *  what is held comes later, and so does what a shop gives back.
 *
 *  @param isUnderWay whether it is on its way already; it is finished before another one is begun
 *  @param entryNo latest entry of the account when that amount was read; names its orders */
public record AccountMove(AccountId from, AccountId to, boolean isUnderWay, long entryNo, Money amount) {}
