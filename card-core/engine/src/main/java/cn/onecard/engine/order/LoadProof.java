package cn.onecard.engine.order;

import cn.onecard.vocabulary.TerminalId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** What a card's on-line counter proves about loads whose outcome is not known. The counter rises by one with each load that the
 *  card did, and MAC1 covers it through the session key.
 *
 *  <ul>
 *  <li>A load with the same counter was confirmed: the other ones with that counter were not done.
 *  <li>The counter is above that of the only load with it: the load was done. No terminal can make a card say so.
 *  <li>The counter is still that of the load: it was not done. But a terminal could have kept that answer of the card back since
 *      before the load, so it is believed from another terminal alone.
 *  </ul>
 *  Everything else proves nothing, and the money stays where it is until something does. */
public final class LoadProof {
    /** A load, and what is proven of it: {@link OrderEvent#PROVE_DONE} or {@link OrderEvent#PROVE_UNDONE}. */
    public record Proven(Loads.Load load, OrderEvent event) {}

    private LoadProof() {}

    /** What a card proves that begins another load.
     *
     *  @param latest its latest loads
     *  @param terminal where it is now
     *  @param onlineCounter what it says there */
    public static List<Proven> byCard(List<Loads.Load> latest, TerminalId terminal, int onlineCounter) {
        return prove(latest, terminal, OptionalInt.of(onlineCounter));
    }

    /** What is proven by what was confirmed.
     *
     *  @param latest the latest loads of a card
     *  @param terminal where the card is now */
    public static List<Proven> byConfirmation(List<Loads.Load> latest, TerminalId terminal) {
        return prove(latest, terminal, OptionalInt.empty());
    }

    private static List<Proven> prove(List<Loads.Load> latest, TerminalId terminal, OptionalInt onlineCounter) {
        List<Proven> proven = new ArrayList<>();
        latest.stream().collect(Collectors.groupingBy(load -> load.terms().init().onlineCounter())).forEach((counter, loads) -> {
            boolean isConfirmed = loads.stream().anyMatch(load -> load.state() == OrderState.CAPTURED);
            List<Loads.Load> open = loads.stream().filter(Loads.Load::isOpen).toList();
            for (Loads.Load load : open) {
                if (isConfirmed) {
                    proven.add(new Proven(load, OrderEvent.PROVE_UNDONE));
                } else if (onlineCounter.isPresent() && counter < onlineCounter.getAsInt() && open.size() == 1) {
                    proven.add(new Proven(load, OrderEvent.PROVE_DONE));
                } else if (onlineCounter.isPresent() && counter == onlineCounter.getAsInt() && !load.terms().terminal().equals(terminal)) {
                    proven.add(new Proven(load, OrderEvent.PROVE_UNDONE));
                }
            }
        });
        return proven;
    }
}
