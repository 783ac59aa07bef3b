package cn.onecard.settlement.clear;

import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;

/** What a party (a cash desk, a bank) took in for accounts on one day, and paid out of them. It owes the one and is owed the
 *  other. */
public record Funding(PartyId party, Money paidIn, Money paidOut) {}
