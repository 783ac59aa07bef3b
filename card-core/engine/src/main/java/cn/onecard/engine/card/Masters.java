package cn.onecard.engine.card;

import cn.onecard.fare.Tariff;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.TerminalId;
import java.util.Map;
import java.util.Optional;

/** The part of the register that one batch of taps needs; what is not in it is in no register.
 *
 *  @param cards by card number
 *  @param psams by terminal number
 *  @param tariffs by version */
public record Masters(Map<CardNo, CardMaster> cards, Map<TerminalId, PsamMaster> psams, Map<Integer, Tariff> tariffs) {
    public Optional<CardMaster> findCard(CardNo cardNo) {
        return Optional.ofNullable(cards.get(cardNo));
    }

    public Optional<PsamMaster> findPsam(TerminalId terminal) {
        return Optional.ofNullable(psams.get(terminal));
    }

    public Optional<Tariff> findTariff(int version) {
        return Optional.ofNullable(tariffs.get(version));
    }
}
