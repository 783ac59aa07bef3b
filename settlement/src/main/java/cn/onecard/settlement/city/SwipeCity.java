package cn.onecard.settlement.city;

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
import cn.onecard.vocabulary.ServiceCode;
import cn.onecard.vocabulary.TerminalId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A city taken from recorded swipes (刷卡记录): every {@link Swipe} of a file becomes one tap of a demo card at its terminal, time and
 *  price. Card numbers are 8 or 9 masking letters, A to J. The file does not hold the fare rules, so its fare table leaves full fares to
 *  the terminal, up to a ceiling. */
public final class SwipeCity {
    private static final int TARIFF = 1;
    private static final String CITY_DISTRICT = "440300";

    private final Map<String, Party> companies = new LinkedHashMap<>();
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Map<String, Integer> stations = new LinkedHashMap<>();
    private final Map<TerminalId, Psam> psams = new LinkedHashMap<>();
    private final Map<CardNo, Money> spent = new LinkedHashMap<>();
    private final List<Act> plan = new ArrayList<>();

    private SwipeCity() {}

    /** The city of a file. Its business date is the day of the last swipe.
     *
     *  @throws IOException if the file cannot be read, or naming the line that is no swipe */
    public static City read(Path file) throws IOException {
        SwipeCity city = new SwipeCity();
        for (Swipe swipe : Swipe.read(file)) {
            try {
                city.play(swipe);
            } catch (IllegalArgumentException e) {
                throw Swipe.refused(file, swipe.row(), e);
            }
        }
        return city.finish();
    }

    private City finish() {
        plan.sort(Comparator.comparing(Act::at));
        BusinessDate day = new BusinessDate(plan.getLast().at().toLocalDate());
        List<Card> cards = spent.entrySet().stream()
                .map(e -> new Card(e.getKey(), CardKind.ORDINARY, "TDES", false, e.getValue().plus(Money.ofFen(5000)))).toList();
        List<Party> parties = new ArrayList<>();
        parties.add(new Party(new PartyId(1), "市民卡公司", "CARD_COMPANY", "4000010000000001", "102584000001"));
        parties.addAll(companies.values());
        List<Fee> fees = new ArrayList<>();
        for (ServiceCode service : ServiceCode.values()) {
            fees.add(new Fee(0, service, 0, 99_500));
            fees.add(new Fee(0, service, 1, 500));
        }
        String tariff = "version," + TARIFF + "\ndeclared,BUS,*,9900\ndeclared,METRO,*,9900\n";
        return new City(day, parties, List.copyOf(lines.values()), List.copyOf(psams.values()), cards,
                List.of(new TariffText(TARIFF, day.day().minusYears(1), tariff)), fees, plan);
    }

    private void play(Swipe swipe) {
        Party party = companies.computeIfAbsent(swipe.company(), this::party);
        Line line = lines.computeIfAbsent(swipe.service() + swipe.lineName(), key -> new Line(swipe.service(), lines.size() + 1, swipe.lineName()));
        int station = swipe.service() == ServiceCode.BUS ? 0 : stations.computeIfAbsent(swipe.place(), name -> stations.size() + 1);
        TerminalId terminal = new TerminalId(swipe.terminal());
        psams.putIfAbsent(terminal, new Psam(terminal, party.id(), swipe.service(), CITY_DISTRICT));
        CardNo card = card(swipe.card());
        spent.merge(card, swipe.charged(), Money::plus);
        plan.add(new Act(swipe.at(), terminal, card, swipe.charged(), swipe.fullFare(), swipe.ride(), line, station, party.id(), TARIFF,
                swipe.charged().fen() == 0 ? 9 : 6, ActKind.TAP));
    }

    private Party party(String name) {
        int number = 101 + companies.size();
        return new Party(new PartyId(number), name, "OPERATOR", "4000010000000" + number, "103584000" + number);
    }

    /** Ten digits of prefix, the length of the masked number, and its letters as digits. */
    private static CardNo card(String masked) {
        if (!masked.matches("[A-J]{8,9}")) {
            throw new IllegalArgumentException("card_no is not 8 or 9 letters from A to J");
        }
        StringBuilder digits = new StringBuilder("3104403000").append(masked.length());
        for (int i = masked.length(); i < 9; i++) {
            digits.append('0');
        }
        masked.chars().forEach(letter -> digits.append(letter - 'A'));
        return CardNo.ofDigits(digits.toString());
    }
}
