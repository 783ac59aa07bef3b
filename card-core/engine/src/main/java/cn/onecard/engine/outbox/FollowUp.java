package cn.onecard.engine.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How the outcome of a message is found out when its answer did not come: it is asked about, ever more rarely, and never sent again.
 *
 *  @param deadline how long a partner may take to answer
 *  @param visibilityDelay how long after sending a partner may still not know a message that it will act on
 *  @param cutOff how long after sending the partner is asked; then its statement decides */
public record FollowUp(Duration deadline, Duration visibilityDelay, Duration cutOff) {
    /** What suits most partners. */
    public static final FollowUp STANDARD = new FollowUp(Duration.ofSeconds(15), Duration.ofMinutes(2), Duration.ofHours(20));

    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofMinutes(5),
            Duration.ofMinutes(30));
    /** How long after its deadline a call may still be about to be settled by whoever made it. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** When a message that is sent now is somebody else's to settle, because its sender has not. */
    public Instant abandoned(Instant now) {
        return now.plus(deadline).plus(GRACE);
    }

    /** When the partner is asked next.
     *
     *  @param asked how often it was asked already */
    public Instant nextAsk(int asked, Instant now) {
        return now.plus(PAUSES.get(Math.min(asked, PAUSES.size() - 1)));
    }

    /** Whether asking is over. */
    public boolean isOver(PartnerMessage message, Instant now) {
        return !now.isBefore(message.sentAt().plus(cutOff));
    }

    /** Whether a partner that says now that it does not know the message never will: it said so before, and time enough has passed. */
    public boolean isGone(PartnerMessage message, Instant now) {
        Optional<Instant> visible = message.times().sentAt().map(sent -> sent.plus(visibilityDelay));
        return message.inquiry().notFound() > 0 && visible.filter(at -> !now.isBefore(at)).isPresent();
    }
}
