package cn.onecard.analytics.extract;

import cn.onecard.vocabulary.BusinessDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Days of a small made-up city, each from its seed, skewed as real ones are: few busy lines, many quiet ones. */
public final class SampleCity {
    /** The day of every sample. */
    public static final BusinessDate DAY = BusinessDate.parse("2026-11-23");
    private static final byte[] KEY = new byte[32];

    private final Policy policy;
    private final Map<Dimension, CodeList> codeLists = new EnumMap<>(Dimension.class);
    private final List<String> lines = new ArrayList<>();
    private final List<String> districts = new ArrayList<>();

    /** A city with that many bus lines and districts, and one metro line. */
    public SampleCity(int busLines, int districtCount) {
        policy = Policy.load(1);
        Map<String, String> parents = new LinkedHashMap<>();
        parents.put("BUS", Cell.TOTAL);
        for (int line = 1; line <= busLines; line++) {
            lines.add("BUS-" + line);
            parents.put("BUS-" + line, "BUS");
        }
        parents.put("METRO", Cell.TOTAL);
        lines.add("METRO-1");
        parents.put("METRO-1", "METRO");
        for (int district = 1; district <= districtCount; district++) {
            districts.add("3301%02d".formatted(district));
        }
        codeLists.put(Dimension.HOUR, CodeList.flat(DayReader.HOURS));
        codeLists.put(Dimension.LINE, new CodeList(parents));
        codeLists.put(Dimension.DISTRICT, CodeList.flat(districts));
        codeLists.put(Dimension.CARD_CLASS, CodeList.flat(DayReader.CARD_CLASSES));
    }

    public Policy policy() {
        return policy;
    }

    /** A builder of a day here. */
    public CubeBuilder builder() {
        return new CubeBuilder(policy, bound(), codeLists);
    }

    public ContributionBound bound() {
        return new ContributionBound(policy, KEY);
    }

    /** The cards of one day. */
    public List<CardDay> cards(int count, long seed) {
        Random random = new Random(seed);
        List<CardDay> cards = new ArrayList<>();
        for (int card = 1; card <= count; card++) {
            String cardClass = DayReader.CARD_CLASSES.get(random.nextInt(10) == 0 ? 1 : 0);
            Map<Cell, CardDay.Part> parts = new HashMap<>();
            int taps = 1 + random.nextInt(card % 50 == 0 ? 40 : 6);
            for (int tap = 0; tap < taps; tap++) {
                int hour = Math.clamp(Math.round((tap % 2 == 0 ? 8 : 18) + 2 * random.nextGaussian()), 0, 23);
                Cell cell = new Cell(DayReader.HOURS.get(hour), skewed(lines, random), skewed(districts, random), cardClass);
                long fen = 100L * random.nextInt(7);
                parts.merge(cell, new CardDay.Part(cell, 1, fen),
                        (a, b) -> new CardDay.Part(cell, a.taps() + b.taps(), a.amountFen() + b.amountFen()));
            }
            cards.add(new CardDay(DAY, card, List.copyOf(parts.values())));
        }
        return cards;
    }

    /** The cube of those cards. */
    public RawCube cube(List<CardDay> cards) {
        CubeBuilder builder = builder();
        cards.forEach(builder::add);
        return builder.build();
    }

    private static String skewed(List<String> codes, Random random) {
        return codes.get(Math.min(codes.size() - 1, (int) (Math.pow(random.nextDouble(), 2.5) * codes.size())));
    }
}
