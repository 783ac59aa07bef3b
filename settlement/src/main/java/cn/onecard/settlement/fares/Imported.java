package cn.onecard.settlement.fares;

import cn.onecard.fare.Tariff;
import java.util.List;

/** A fare table made of a source.
 *
 *  @param notes what was left out because the person who imports said so, and what the fare table cannot know */
public record Imported(Tariff tariff, List<String> notes) {
    public Imported {
        notes = List.copyOf(notes);
    }
}
