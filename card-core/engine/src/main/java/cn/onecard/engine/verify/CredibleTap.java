package cn.onecard.engine.verify;

import cn.onecard.engine.card.CardMaster;
import java.util.Optional;

/** A tap that the money follows: proved by its TAC, or neither proved nor disproved. */
public sealed interface CredibleTap extends Verification permits VerifiedTap, UnprovenTap {
    /** The card as the register knows it, or empty if it does not. */
    Optional<CardMaster> card();
}
