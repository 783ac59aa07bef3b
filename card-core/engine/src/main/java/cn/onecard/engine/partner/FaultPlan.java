package cn.onecard.engine.partner;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Which messages a partner does wrong with: so many in a hundred of each fault, chosen from a seed. Thread-safe. */
public final class FaultPlan implements Supplier<PartnerFault> {
    /** One entry for each of a hundred messages. */
    private final List<PartnerFault> hundred;
    private final SplittableRandom random;

    private FaultPlan(List<PartnerFault> hundred, long seed) {
        this.hundred = List.copyOf(hundred);
        this.random = new SplittableRandom(seed);
    }

    /** The plan that a text writes down.
     *
     *  @param text for example {@code slow=5,drop-after=2}; empty: nothing goes wrong
     *  @throws IllegalArgumentException if it is none, saying why */
    public static FaultPlan parse(String text, long seed) {
        List<PartnerFault> hundred = new ArrayList<>();
        for (String part : text.isBlank() ? List.<String>of() : List.of(text.split(",", -1))) {
            String[] sides = part.strip().split("=", -1);
            if (sides.length != 2 || !sides[1].matches("[0-9]{1,3}")) {
                throw new IllegalArgumentException("not fault=percent: " + part);
            }
            for (int i = Integer.parseInt(sides[1]); i > 0; i--) {
                hundred.add(PartnerFault.parse(sides[0]));
            }
        }
        if (hundred.size() > 100) {
            throw new IllegalArgumentException("more than 100 percent");
        }
        while (hundred.size() < 100) {
            hundred.add(PartnerFault.NONE);
        }
        return new FaultPlan(hundred, seed);
    }

    @Override
    public synchronized PartnerFault get() {
        return hundred.get(random.nextInt(hundred.size()));
    }
}
