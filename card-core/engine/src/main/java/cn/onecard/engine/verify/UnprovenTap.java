package cn.onecard.engine.verify;

import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.house.Proof;
import cn.onecard.vocabulary.Refusal;
import java.util.Optional;

/** A tap that no TAC could prove or disprove: a grey record, or one made under a key version that we do not have or that is retired. */
@Proof
public final class UnprovenTap implements CredibleTap {
    private final ReceivedTap.Framed tap;
    private final Optional<CardMaster> card;
    private final Refusal reason;

    UnprovenTap(ReceivedTap.Framed tap, Optional<CardMaster> card, Refusal reason) {
        this.tap = tap;
        this.card = card;
        this.reason = reason;
    }

    @Override
    public ReceivedTap.Framed tap() {
        return tap;
    }

    @Override
    public Optional<CardMaster> card() {
        return card;
    }

    /** {@link Refusal#KEY_VERSION_UNKNOWN}, {@link Refusal#GREY} or {@link Refusal#KEY_VERSION_RETIRED}. */
    public Refusal reason() {
        return reason;
    }
}
