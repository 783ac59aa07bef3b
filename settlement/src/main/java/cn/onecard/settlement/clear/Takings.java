package cn.onecard.settlement.clear;

import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.ServiceCode;

/** What a party took in a service on one day: its accepted taps, added up by the database. */
public record Takings(PartyId party, ServiceCode service, long tapCount, Money gross) {}
