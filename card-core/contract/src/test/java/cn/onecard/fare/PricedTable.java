package cn.onecard.fare;

import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.ServiceCode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;

/** Short ways to ask a fare table, for tests. */
final class PricedTable {
    /** A Wednesday that is worked. */
    static final LocalDate DAY = LocalDate.of(2026, 11, 25);

    private PricedTable() {}

    static LocalDateTime at(String time) {
        return LocalDateTime.parse(DAY + "T" + time);
    }

    static Leg bus(int line, LocalDateTime at) {
        return Leg.single(ServiceCode.BUS, line, new Stop(0, at));
    }

    static Leg metro(int from, LocalDateTime entry, int to, LocalDateTime exit) {
        return Leg.between(ServiceCode.METRO, 1, new Stop(from, entry), new Stop(to, exit));
    }

    static Leg metro(int from, int to) {
        return metro(from, at("10:00:00"), to, at("10:30:00"));
    }

    static Journey after(PastRide past, Leg leg) {
        return new Journey(leg, CardKind.ORDINARY, Optional.of(past), PaidBefore.NOTHING);
    }

    static PaidBefore paid(ServiceCode service, long day, long month) {
        return new PaidBefore(Map.of(service, Money.ofFen(day)), Map.of(service, Money.ofFen(month)));
    }

    static long charge(Tariff tariff, Leg leg, CardKind kind) {
        return charge(tariff, Journey.alone(leg, kind));
    }

    static long charge(Tariff tariff, Journey journey) {
        return ((Price) tariff.price(journey)).charge().fen();
    }
}
