package cn.onecard.settlement.clear;

import cn.onecard.settlement.day.Service;

/** One line of the fee rules: what a beneficiary gets of a party's takings in a service.
 *
 *  @param party whose takings; {@link #ANY_PARTY} stands for every party that no rule names
 *  @param beneficiary who gets the share; {@link #PARTY_ITSELF} stands for the party
 *  @param weight in hundred-thousandths; the weights of a party and service add up to {@link #WHOLE} */
public record FeeRule(int party, Service service, int beneficiary, long weight) {
    public static final int ANY_PARTY = 0;
    public static final int PARTY_ITSELF = 0;
    public static final long WHOLE = 100_000;
}
