package cn.onecard.engine.verify;

import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.house.Proof;
import java.util.Optional;

/** A tap whose TAC is the card's: this card was debited of this amount at this terminal at this time. */
@Proof
public final class VerifiedTap implements CredibleTap {
    private final ReceivedTap.Framed tap;
    private final Optional<CardMaster> card;

    VerifiedTap(ReceivedTap.Framed tap, Optional<CardMaster> card) {
        this.tap = tap;
        this.card = card;
    }

    @Override
    public ReceivedTap.Framed tap() {
        return tap;
    }

    @Override
    public Optional<CardMaster> card() {
        return card;
    }
}
