package cn.onecard.engine.office;

import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.RequestDigest;
import cn.onecard.vocabulary.CardNo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A request to the card office.
 *
 *  @param call who asks, and by which key
 *  @param who the person at the counter or at the console, and why */
public record CardAsk(CallKey call, CardNo card, CardChange change, Because who, Instant at) {
    /** Who wants it and why.
     *
     *  @param actor 1 to 64 characters
     *  @param reason 1 to 80 characters */
    public record Because(String actor, String reason) {
        public Because {
            if (actor.isBlank() || actor.length() > 64 || reason.isBlank() || reason.length() > 80) {
                throw new IllegalArgumentException("an act on a card names who (at most 64 characters) and why (at most 80)");
            }
        }
    }

    /** Stands for everything that is asked, but not for who asks. */
    RequestDigest digest() {
        List<Object> said = new ArrayList<>(change.said());
        said.add(card.digits());
        said.add(who.actor());
        said.add(who.reason());
        return RequestDigest.of(said);
    }
}
