package cn.onecard.engine.card;

import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** What the issuing system says of a card.
 *
 *  @param cardNo the card
 *  @param cardClass card type byte
 *  @param kind concession class
 *  @param profile what its keys are derived from
 *  @param state whether it may be used
 *  @param stateSince since when, local time of China
 *  @param validFrom first day, inclusive
 *  @param validTo last day, inclusive */
public record CardMaster(CardNo cardNo, int cardClass, CardKind kind, KeyProfile profile, CardState state,
        LocalDateTime stateSince, LocalDate validFrom, LocalDate validTo) {}
