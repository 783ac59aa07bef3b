package cn.onecard.engine.verify;

import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.card.KeyProfile;
import cn.onecard.engine.key.CardKeys;
import cn.onecard.engine.key.KeySchemes;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.purse.PurseInput;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.wire.CardFace;
import cn.onecard.wire.Debit;
import java.time.LocalDate;
import java.util.Optional;

/** Recomputes the TAC of a tap.
 *
 *  <p>The key is that of the card claimed: by the register's profile if the card is in it, else by what the frame says of
 *  itself, so that a tap of an unregistered card with a true TAC is told from an invented one.
 *
 *  <p>The version of the key is that of the frame. One that is retired on the day of the event proves nothing any more. The event time is
 *  under the TAC, but whoever has the key can choose it; how far back, the limit of late records says. */
public final class TapVerifier {
    private final CardKeys keys;

    public TapVerifier(CardKeys keys) {
        this.keys = keys;
    }

    /** Checks a tap.
     *
     *  @param card the claimed card, if it is registered
     *  @throws cn.onecard.engine.key.KeysUnavailable if the keeper of the master keys does not answer: the tap may come again */
    public Verification verify(ReceivedTap.Framed tap, Optional<CardMaster> card) {
        Debit debit = tap.frame().debit();
        byte[] input = PurseInput.purchaseTac(debit.amount(), debit.type(), tap.key(), debit.eventTime());
        Optional<CardKeys.Origin> origin = origin(tap.frame().card(), card);
        Optional<Integer> expected = origin.flatMap(known -> keys.findTac(known, input));
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
        if (debit.grey()) {
            return new UnprovenTap(tap, card, Refusal.GREY);
        }
        return isRetired(origin.orElseThrow(), debit.eventTime()) ? new UnprovenTap(tap, card, Refusal.KEY_VERSION_RETIRED) : new VerifiedTap(tap, card);
    }

    /** A time that is none lies in no day on which the key was good. */
    private boolean isRetired(CardKeys.Origin origin, EventTime time) {
        Optional<LocalDate> from = keys.findRetiredFrom(origin);
        return from.isPresent() && time.find().filter(event -> event.toLocalDate().isBefore(from.get())).isEmpty();
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
