package cn.onecard.settlement.fares;

import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.ServiceCode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a GTFS feed does not say and the person who imports it has to.
 *
 *  @param medium the fare medium that our cards stand for; empty: the feed knows only one
 *  @param networks which networks are imported; empty: all
 *  @param without fare products that are left out
 *  @param riders which kind of card a rider category is
 *  @param services which service a network is, where its routes are neither buses nor metros
 *  @param ignored columns that are left out */
public record GtfsChoice(int version, Optional<String> medium, Set<String> networks, Set<String> without, Map<String, CardKind> riders,
        Map<String, ServiceCode> services, Set<String> ignored) {
    public GtfsChoice {
        networks = Set.copyOf(networks);
        without = Set.copyOf(without);
        riders = Map.copyOf(riders);
        services = Map.copyOf(services);
        ignored = Set.copyOf(ignored);
    }
}
