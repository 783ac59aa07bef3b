package cn.onecard.engine.office;

import cn.onecard.engine.card.CardState;
import cn.onecard.engine.order.OrderId;
import cn.onecard.vocabulary.CardNo;
import java.time.Instant;
import java.util.Optional;

/** What was done with a card; never changed.
 *
 *  @param id made of the caller's key
 *  @param newCard that took its place
 *  @param changed what else was changed, from and to; empty if nothing */
public record CardAct(OrderId id, CardNo card, ActKind kind, Course course, Optional<CardNo> newCard, String changed, Instant at) {
    /** The states before and after, and who wanted it and why. */
    public record Course(CardState from, CardState to, CardAsk.Because who) {}
}
