package cn.onecard.settlement.clear;

import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;

/** A beneficiary's share of a party's takings in a service. */
public record Share(Takings takings, PartyId beneficiary, Money amount) {}
