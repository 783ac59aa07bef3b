package cn.onecard.settlement.city;

import cn.onecard.fare.Journey;
import cn.onecard.fare.Leg;
import cn.onecard.fare.Price;
import cn.onecard.fare.Tariff;
import cn.onecard.fare.Unpriced;
import cn.onecard.settlement.city.City.Act;
import cn.onecard.settlement.city.City.ActKind;
import cn.onecard.settlement.city.City.Card;
import cn.onecard.settlement.city.City.Fee;
import cn.onecard.settlement.city.City.Line;
import cn.onecard.settlement.city.City.Party;
import cn.onecard.settlement.city.City.Psam;
import cn.onecard.settlement.city.City.TariffText;
import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import cn.onecard.vocabulary.TerminalId;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A city made from a seed: three bus companies and a metro in five districts. Most people ride to work and back, a few
 *  ride all day; one card in a thousand is used after it was reported lost, one bus still charges by an old fare table,
 *  some frames are sent twice, and now and then somebody invents a frame. */
public final class GeneratedCity {
    private static final int TARIFF = 1;
    private static final String[] DISTRICTS = {"440303", "440304", "440305", "440306", "440307"};
    private static final PartyId METRO = new PartyId(201);
    private static final int BUS_LINES = 24;
    private static final int METRO_LINES = 6;
    private static final int STATIONS = 20;
    /** Rides by hour of day, 0 to 23, in parts of their sum. */
    private static final int[] RUSH = {1, 0, 0, 0, 0, 4, 22, 70, 90, 45, 28, 26, 30, 28, 26, 30, 38, 72, 88, 50, 30, 24, 14, 6};

    private final SplittableRandom random;
    private final BusinessDate day;
    private final List<Line> lines = new ArrayList<>();
    private final List<Psam> psams = new ArrayList<>();
    private final Map<Line, List<Psam>> psamsOfLine = new HashMap<>();
    private final List<Act> plan = new ArrayList<>();
    private final Tariff tariff = Tariff.parse(tariffText(0));
    /** What one bus still charges by. */
    private final Tariff oldTariff = Tariff.parse(tariffText(50));

    private GeneratedCity(long seed, BusinessDate day) {
        this.random = new SplittableRandom(seed);
        this.day = day;
    }

    /** The city of a seed.
     *
     *  @param cards how many residents carry a card, at least 1
     *  @param taps how many times a card is tapped on the day, at least 1; frames sent twice or invented come on top */
    public static City make(long seed, BusinessDate day, int cards, int taps) {
        if (cards < 1 || taps < 1) {
            throw new IllegalArgumentException("a city needs at least one card and one tap");
        }
        return new GeneratedCity(seed, day).make(cards, taps);
    }

    private City make(int cardCount, int taps) {
        buildNetwork();
        List<Resident> residents = new ArrayList<>();
        for (int i = 0; i < cardCount; i++) {
            residents.add(resident(i));
        }
        while (plan.size() < taps) {
            ride(residents.get(random.nextInt(residents.size())), taps - plan.size());
        }
        inventFrames(residents, Math.max(1, taps / 2000));
        plan.sort(Comparator.comparing(Act::at));
        Map<CardNo, Money> spent = new HashMap<>();
        plan.stream().filter(act -> act.kind() != ActKind.FORGE).forEach(act -> spent.merge(act.card(), act.amount(), Money::plus));
        List<Card> cards = residents.stream().map(r -> new Card(r.number, r.kind, r.algorithm, r.lost,
                spent.getOrDefault(r.number, Money.ZERO).plus(Money.ofFen(r.reserveFen)))).toList();
        return new City(day, parties(), lines, psams, cards,
                List.of(new TariffText(TARIFF, day.day().minusYears(1), tariff.text())), fees(), plan);
    }

    private void buildNetwork() {
        for (int n = 1; n <= BUS_LINES; n++) {
            line(new Line(ServiceCode.BUS, n, n + "路"), new PartyId(101 + n % 3), DISTRICTS[n % DISTRICTS.length], 3);
        }
        for (int n = 1; n <= METRO_LINES; n++) {
            Line line = new Line(ServiceCode.METRO, n, n + "号线");
            for (String district : DISTRICTS) {
                line(line, METRO, district, 2);
            }
        }
    }

    private void line(Line line, PartyId party, String district, int terminals) {
        if (!lines.contains(line)) {
            lines.add(line);
        }
        for (int i = 0; i < terminals; i++) {
            long id = 0x1000_0000_0000L + (long) line.service().code() * 0x0100_0000_0000L + psams.size() + 1;
            Psam psam = new Psam(new TerminalId(id), party, line.service(), district);
            psams.add(psam);
            psamsOfLine.computeIfAbsent(line, l -> new ArrayList<>()).add(psam);
        }
    }

    private Resident resident(int index) {
        int dice = random.nextInt(1000);
        CardKind kind = dice < 700 ? CardKind.ORDINARY : dice < 850 ? CardKind.STUDENT : CardKind.SENIOR;
        CardNo number = CardNo.ofDigits("3104403" + "%013d".formatted(index + 1L));
        return new Resident(number, kind, random.nextInt(10) < 3 ? "SM4" : "TDES", random.nextInt(1000) == 0,
                lines.get(random.nextInt(lines.size())), random.nextInt(20_000));
    }

    private void ride(Resident resident, int tapsLeft) {
        Line line = random.nextInt(4) == 0 ? lines.get(random.nextInt(lines.size())) : resident.usualLine;
        LocalDateTime at = day.day().atStartOfDay().plusHours(hour()).plusSeconds(random.nextInt(3600));
        if (line.service() == ServiceCode.METRO && tapsLeft >= 2) {
            if (at.getHour() == 23) {
                at = at.minusHours(1);
            }
            tap(resident, line, RideKind.ENTRY, at);
            tap(resident, line, RideKind.EXIT, at.plusSeconds(300 + random.nextInt(2400)));
        } else if (line.service() == ServiceCode.BUS) {
            tap(resident, line, RideKind.SINGLE, at);
        }
    }

    private void tap(Resident resident, Line line, RideKind ride, LocalDateTime at) {
        List<Psam> choices = psamsOfLine.getOrDefault(line, List.of());
        Psam psam = choices.get(random.nextInt(choices.size()));
        boolean old = psam.equals(psams.getFirst()) && ride == RideKind.SINGLE;
        Price price = price(old ? oldTariff : tariff, line, ride, resident.kind);
        int dice = random.nextInt(1000);
        ActKind kind = dice < 4 ? ActKind.RESEND : dice == 4 ? ActKind.CONFLICT : ActKind.TAP;
        boolean plain = ride == RideKind.SINGLE && price.charge().fen() > 0;
        plan.add(new Act(at, psam.id(), resident.number, price.charge(), price.fullFare(), ride, line, 1 + random.nextInt(STATIONS),
                psam.party(), TARIFF, plain ? 6 : 9, kind));
    }

    /** The fares are flat, so where and when somebody rides makes no difference. */
    private static Price price(Tariff tariff, Line line, RideKind ride, CardKind kind) {
        Leg leg = new Leg(line.service(), line.number(), ride, Optional.empty(), Optional.empty(), Money.ZERO);
        return switch (tariff.price(Journey.alone(leg, kind))) {
            case Price price -> price;
            case Unpriced none -> throw new IllegalStateException(none.why());
        };
    }

    private void inventFrames(List<Resident> residents, int count) {
        for (int i = 0; i < count; i++) {
            Line line = lines.get(random.nextInt(BUS_LINES));
            Psam psam = psamsOfLine.getOrDefault(line, List.of()).getFirst();
            Money fare = price(tariff, line, RideKind.SINGLE, CardKind.ORDINARY).fullFare();
            plan.add(new Act(day.day().atTime(12, 0).plusSeconds(random.nextInt(3600)), psam.id(),
                    residents.get(random.nextInt(residents.size())).number, fare, fare, RideKind.SINGLE, line, 1,
                    psam.party(), TARIFF, 6, ActKind.FORGE));
        }
    }

    private int hour() {
        int total = 0;
        for (int weight : RUSH) {
            total += weight;
        }
        int dice = random.nextInt(total);
        for (int hour = 0; hour < RUSH.length; hour++) {
            dice -= RUSH[hour];
            if (dice < 0) {
                return hour;
            }
        }
        throw new IllegalStateException("the weights add up to the total");
    }

    private static List<Party> parties() {
        return List.of(
                new Party(new PartyId(1), "市民卡公司", "CARD_COMPANY", "4000010000000001", "102584000001"),
                new Party(new PartyId(2), "市公交发展基金", "CITY_FUND", "4000010000000002", "102584000001"),
                new Party(new PartyId(101), "东部公交", "OPERATOR", "4000010000000101", "103584000101"),
                new Party(new PartyId(102), "西部公交", "OPERATOR", "4000010000000102", "103584000102"),
                new Party(new PartyId(103), "巴士集团", "OPERATOR", "4000010000000103", "104584000103"),
                new Party(METRO, "市地铁集团", "OPERATOR", "4000010000000201", "105584000201"));
    }

    private static List<Fee> fees() {
        List<Fee> fees = new ArrayList<>();
        for (ServiceCode service : ServiceCode.values()) {
            long company = service == ServiceCode.BUS ? 300 : 450;
            fees.add(new Fee(0, service, 0, 100_000 - company - 50));
            fees.add(new Fee(0, service, 1, company));
            fees.add(new Fee(0, service, 2, 50));
        }
        return fees;
    }

    private static String tariffText(int moreOnBuses) {
        StringBuilder text = new StringBuilder("version," + TARIFF + "\n");
        for (int n = 1; n <= BUS_LINES; n++) {
            text.append("flat,BUS,").append(n).append(',').append((n % 4 == 0 ? 250 : 200) + moreOnBuses).append('\n');
        }
        for (int n = 1; n <= METRO_LINES; n++) {
            text.append("flat,METRO,").append(n).append(',').append(300 + 100 * (n % 3)).append('\n');
        }
        return text.append("concession,STUDENT,50\nconcession,SENIOR,0\n").toString();
    }

    /** Somebody with a card. */
    private record Resident(CardNo number, CardKind kind, String algorithm, boolean lost, Line usualLine, int reserveFen) {}
}
