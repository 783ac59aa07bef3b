package cn.onecard.settlement.net;

import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;

/** What a party is paid for a day. Carried in + net = paid + carried out.
 *
 *  @param carriedIn what it owed from days before; zero or below
 *  @param net its position of the day
 *  @param paid zero or above
 *  @param carriedOut what it owes now; zero or below */
public record Payout(PartyId party, Money carriedIn, Money net, Money paid, Money carriedOut) {
    static Payout of(PartyId party, Money carriedIn, Money net) {
        Money due = carriedIn.plus(net);
        return due.isNegative() ? new Payout(party, carriedIn, net, Money.ZERO, due) : new Payout(party, carriedIn, net, due, Money.ZERO);
    }

    /** Whether something is carried from day to day. */
    public boolean carries() {
        return carriedIn.isNegative() || carriedOut.isNegative();
    }
}
