package cn.onecard.engine.card;

import cn.onecard.fare.Tariff;
import java.util.Optional;

/** What the register knows about one tap: the card and the PSAM that it names, and the fare table.
 *
 *  @param card empty if it is in no register
 *  @param psam empty if it is in no register
 *  @param tariff empty if there is no such version */
public record Masters(Optional<CardMaster> card, Optional<PsamMaster> psam, Optional<Tariff> tariff) {
    /** Nothing. */
    public static final Masters NONE = new Masters(Optional.empty(), Optional.empty(), Optional.empty());
}
