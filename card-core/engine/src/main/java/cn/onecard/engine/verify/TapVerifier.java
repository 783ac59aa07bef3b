package cn.onecard.engine.verify;

import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.card.KeyProfile;
import cn.onecard.engine.key.CardKeys;
import cn.onecard.engine.key.KeySchemes;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.purse.PurseInput;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.wire.CardFace;
import cn.onecard.wire.Debit;
import java.util.Optional;

/** Recomputes the TAC of a tap.
 *
 *  <p>The key is that of the card claimed: by the register's profile if the card is in it, else by what the frame says of
 *  itself, so that a tap of an unregistered card with a true TAC is told from an invented one. */
public final class TapVerifier {
    private final CardKeys keys;

    public TapVerifier(CardKeys keys) {
        this.keys = keys;
    }

    /** Checks a tap.
     *
     *  @param card the claimed card, if it is registered */
    public Verification verify(ReceivedTap.Framed tap, Optional<CardMaster> card) {
        Debit debit = tap.frame().debit();
        byte[] input = PurseInput.purchaseTac(debit.amount(), debit.type(), tap.key(), debit.eventTime());
        Optional<Integer> expected = origin(tap.frame().card(), card).flatMap(origin -> keys.findTac(origin, input));
        if (expected.isEmpty()) {
            return new UnprovenTap(tap, card, Refusal.KEY_VERSION_UNKNOWN);
        }
        if (debit.tac().isAbsent()) {
            return new UnprovenTap(tap, card, Refusal.GREY);
        }
        if (debit.tac().value() != expected.get()) {
            return new ForgedTap(tap);
        }
        // A terminal that marks a record grey does not know what the card did, even if it holds a TAC.
        return debit.grey() ? new UnprovenTap(tap, card, Refusal.GREY) : new VerifiedTap(tap, card);
    }

    private static Optional<CardKeys.Origin> origin(CardFace face, Optional<CardMaster> card) {
        if (card.isPresent()) {
            KeyProfile profile = card.get().profile();
            return Optional.of(new CardKeys.Origin(profile.scheme(), profile.algorithm(), face.keyVersion(),
                    face.cardNo(), profile.issuerId(), profile.city()));
        }
        Optional<Algorithm> algorithm = AlgorithmByte.findAlgorithm(face.algorithm());
        return algorithm.map(a -> new CardKeys.Origin(KeySchemes.DEFAULT, a, face.keyVersion(), face.cardNo(), face.issuerId(), face.city()));
    }
}
