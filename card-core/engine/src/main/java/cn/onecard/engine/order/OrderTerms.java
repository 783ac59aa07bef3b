package cn.onecard.engine.order;

import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;

/** What an order is about.
 *
 *  @param kind what it does
 *  @param account whose money
 *  @param party who is paid, or who pays in
 *  @param serviceCode for what
 *  @param amount at most, until it is captured */
public record OrderTerms(OrderKind kind, AccountId account, PartyId party, int serviceCode, Money amount) {}
