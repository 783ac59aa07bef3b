package cn.onecard.fare;

import cn.onecard.fare.FareRule.Matrix;
import cn.onecard.fare.NameRule.Currency;
import cn.onecard.fare.NameRule.Group;
import cn.onecard.fare.NameRule.LineName;
import cn.onecard.fare.NameRule.StationName;
import cn.onecard.fare.NameRule.Version;
import cn.onecard.fare.PriceRule.Cap;
import cn.onecard.fare.PriceRule.Concession;
import cn.onecard.fare.PriceRule.Discount;
import cn.onecard.fare.PriceRule.Transfer;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** One version of the city's fare table (票价表): all rules by which a ride is priced, at the terminal as in the core's audit.
 *  Immutable, and pure: the same question always has the same answer.
 *
 *  <p>A price begins with the full fare of the ride and takes the steps of the table's order; what an order is for, and why fractions
 *  live until {@code round}, stands in docs/decisions/0019. Entries cost nothing; the fare is due at the exit.
 *
 *  <p>Text form, one rule a line, comma separated, {@code #} starts a comment, amounts in fen:
 *  <pre>
 *  version,3
 *  currency,CNY                           in whose hundredths amounts are; without this line CNY
 *  rounding,HALF_UP,1                     to multiples of 1 fen; UP, DOWN, HALF_UP, HALF_DOWN, HALF_EVEN; without this line, so
 *  order,discount,concession,offpeak,rebate,transfer,round,cap    the steps that there are rules for; without it concession,round
 *  station,17,Central     line,BUS,12,K12                 what numbers stand for
 *  restday,2026-10-01     workday,2026-10-10              exceptions from Monday to Friday
 *  timeframe,early,workdays,00:00,07:00                   daily, workdays, restdays, 12345; the end does not belong to it
 *  area,suburb,101 102 103                                stations
 *
 *  flat,BUS,12,200         line 12 costs 200 fen, whoever rides it
 *  flat,METRO,*,400        every other metro line costs 400 fen
 *  declared,BUS,*,2000     the terminal states the full fare; it may be up to 2000 fen
 *  table,METRO,*,M         the fare stands in matrix M; table,METRO,*,N,early,entry: only in that timeframe
 *  matrix,M,ORDINARY,STUDENT    zone,M,Z1,1 2 3    pair,M,Z1,4,490,320    from zone Z1 to station 4, one fare for each kind; then
 *                               perhaps the group of the ride. * is for stations that are in no zone and in no pair
 *  distance,METRO,*,N      the fare of the shortest way through network N
 *  link,N,1,2,1300         metres between neighbours      band,N,6000,300    band,N,*,1000    what up to so many metres costs
 *  incomplete,METRO,*,largest    an end is missing: the largest fare from or to the other, or so many fen; then the steps that change it
 *
 *  discount,BUS,*,ORDINARY,300,80      discount,BUS,*,ORDINARY,*,75      of each slice so many percent; * for all other kinds
 *  concession,SENIOR,0                 this kind pays 0 % of the full fare; concession,STUDENT,25,BUS,* of these lines only
 *  offpeak,METRO,*,early,entry,50      50 % when the entry lies in the timeframe; then perhaps an area
 *  rebate,METRO,10000,80               80 % once 10000 fen were paid for it in the month
 *  group,night,BUS,12                  what the line is called in transfers; without it, the name of the service
 *  transfer,BUS,METRO,entry,entry,5400,*,less,40    from entry to entry in 5400 s, any number in a row: free, fixed, less, more,
 *                                      percent, total (both together), dearer (the dearer of both); then perhaps
 *                                      otherline, and perhaps the only kind of card
 *  cap,day,*,*,2000                    day or month; service or *; kind or *; the most that is charged
 *  </pre> */
public final class Tariff {
    private final List<Rule> rules;
    private final FareBook fares;
    private final Reductions reductions;
    private final Map<Scope, String> groups = new HashMap<>();
    private final Map<Integer, String> stationNames = new LinkedHashMap<>();
    private final Map<Scope, String> lineNames = new LinkedHashMap<>();
    private final int version;
    private final String currency;

    /** Of rules that go together; only {@link TariffBuilder} knows that. */
    Tariff(List<Rule> rules, FareBook fares, Reductions reductions) {
        this.rules = List.copyOf(rules);
        this.fares = fares;
        this.reductions = reductions;
        int number = 0;
        String code = "CNY";
        for (Rule rule : rules) {
            switch (rule) {
                case Version it -> number = it.number();
                case Currency it -> code = it.code();
                case Group it -> groups.put(it.scope(), it.name());
                case StationName it -> stationNames.put(it.station(), it.name());
                case LineName it -> lineNames.put(it.scope(), it.name());
                default -> { }
            }
        }
        this.version = number;
        this.currency = code;
    }

    /** Reads a fare table.
     *
     *  @throws IllegalArgumentException naming the line that is no rule */
    public static Tariff parse(String text) {
        return parse("fare table", text);
    }

    /** Reads a fare table.
     *
     *  @param name where the text comes from, for complaints
     *  @throws IllegalArgumentException naming the line that is no rule */
    public static Tariff parse(String name, String text) {
        return TariffReader.read(name, text);
    }

    /** All rules in the text form, also those that the text need not say. */
    public String text() {
        return rules.stream().map(rule -> rule.text() + "\n").collect(Collectors.joining());
    }

    public int version() {
        return version;
    }

    /** In hundredths of which currency the amounts are (ISO 4217). */
    public String currency() {
        return currency;
    }

    /** The kinds of cards that the rules speak of, ordinary always among them. */
    public Set<CardKind> kinds() {
        Set<CardKind> kinds = EnumSet.of(CardKind.ORDINARY);
        for (Rule rule : rules) {
            switch (rule) {
                case Concession it -> kinds.add(it.kind());
                case Discount it -> it.kind().ifPresent(kinds::add);
                case Transfer it -> it.kind().ifPresent(kinds::add);
                case Cap it -> it.kind().ifPresent(kinds::add);
                case Matrix it -> kinds.addAll(it.kinds());
                default -> { }
            }
        }
        return kinds;
    }

    /** What a ride costs. */
    public Pricing price(Journey journey) {
        return switch (fares.find(journey.leg(), journey.kind())) {
            case Unpriced none -> none;
            case Base base -> {
                Optional<String> previous = journey.previous().map(past -> group(past.leg(), fares.find(past.leg(), journey.kind())));
                yield reductions.price(base, reductions.facts(journey, group(journey.leg(), base), previous));
            }
        };
    }

    /** All that a ride may cost, for somebody who knows its own tap and not what the card did before. Where the fare depends on an
     *  unknown end of the ride, the prices are those of the fare that the terminal states, or of all if it states none of them. */
    public Charges charges(Leg leg, CardKind kind) {
        List<Base> bases = fares.list(leg, kind);
        List<Base> stated = bases.stream().filter(base -> base.full().equals(leg.stated())).toList();
        List<Price> prices = new ArrayList<>();
        boolean orLess = false;
        for (Base base : stated.isEmpty() ? bases : stated) {
            String group = group(leg, base);
            reductions.possible(leg, kind, group).forEach(facts -> prices.add(reductions.price(base, facts)));
            orLess |= leg.ride() != RideKind.ENTRY && reductions.mayLowerToAnything(leg, kind, group);
        }
        return new Charges(prices, orLess);
    }

    private String group(Leg leg, Start start) {
        if (start instanceof Base base && base.group().isPresent()) {
            return base.group().get();
        }
        String own = groups.get(new Scope(leg.service(), leg.line()));
        return own != null ? own : groups.getOrDefault(Scope.whole(leg.service()), leg.service().name());
    }

    /** The number of a station by its name, or empty if none is called so. */
    public OptionalInt findStation(String name) {
        return stationNames.entrySet().stream().filter(entry -> entry.getValue().equals(name)).mapToInt(Map.Entry::getKey).findFirst();
    }

    /** The name of a station, or empty if it has none. */
    public Optional<String> findStationName(int station) {
        return Optional.ofNullable(stationNames.get(station));
    }

    /** The name of a line, or empty if it has none. */
    public Optional<String> findLineName(ServiceCode service, int line) {
        return Optional.ofNullable(lineNames.get(new Scope(service, line)));
    }

    /** The number of a line by its name, or empty if none is called so. */
    public OptionalInt findLine(ServiceCode service, String name) {
        return lineNames.entrySet().stream().filter(entry -> entry.getKey().service() == service && entry.getValue().equals(name))
                .mapToInt(entry -> entry.getKey().line()).findFirst();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tariff tariff && rules.equals(tariff.rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }

    @Override
    public String toString() {
        return "fare table " + version;
    }
}
