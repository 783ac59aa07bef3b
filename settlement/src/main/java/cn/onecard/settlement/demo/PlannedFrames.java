package cn.onecard.settlement.demo;

import cn.onecard.settlement.city.City;
import cn.onecard.settlement.city.City.Act;
import cn.onecard.settlement.city.City.ActKind;

/** What a plan must lead to, counted from the plan alone.
 *
 *  @param sent frames that leave the terminals
 *  @param resent frames among them sent a second time
 *  @param altered frames among them that repeat a key with other content
 *  @param invented frames among them that no card made
 *  @param amountFen what the cards are charged */
record PlannedFrames(long sent, long resent, long altered, long invented, long amountFen) {
    static PlannedFrames of(City city) {
        long resent = count(city, ActKind.RESEND);
        long altered = count(city, ActKind.CONFLICT);
        long invented = count(city, ActKind.FORGE);
        long amount = city.plan().stream().filter(act -> act.kind() != ActKind.FORGE)
                .map(Act::amount).mapToLong(money -> money.fen()).reduce(0, Math::addExact);
        return new PlannedFrames(city.plan().size() + resent + altered, resent, altered, invented, amount);
    }

    private static long count(City city, ActKind kind) {
        return city.plan().stream().filter(act -> act.kind() == kind).count();
    }
}
