package cn.onecard.terminal.flow;

import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TapOutcome;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;

/** What a play came to.
 *
 *  <pre>
 *  {"taps":n, "paid":n, "unknown":n, "refused":{why:n}, "sent":n, "outcomes":{"ACCEPTED":n,...},
 *   "debitedFen":n, "cardsBalanceFen":n, "openingBalanceFen":n, "tapMillis":{"p50":x,"p99":x}, "seconds":x}
 *  </pre>
 *  sent counts the frames that the core answered for; debitedFen is what the terminals filed, the balances are the cards' own. */
public final class PlayReport {
    private final PlayTally tally;
    private final Map<TapOutcome, Long> outcomes;
    private final Money opening;
    private final Money closing;
    private final long nanos;

    PlayReport(PlayTally tally, Map<TapOutcome, Long> outcomes, Money opening, Money closing, long nanos) {
        this.tally = tally;
        this.outcomes = outcomes;
        this.opening = opening;
        this.closing = closing;
        this.nanos = nanos;
    }

    /** The report as JSON. */
    public ObjectNode json() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("taps", tally.taps()).put("paid", tally.paid()).put("unknown", tally.unknown());
        ObjectNode refused = root.putObject("refused");
        tally.refused().forEach((why, count) -> refused.put(why.name(), count));
        root.put("sent", outcomes.values().stream().mapToLong(Long::longValue).sum());
        ObjectNode answered = root.putObject("outcomes");
        outcomes.forEach((outcome, count) -> answered.put(outcome.name(), count));
        root.put("debitedFen", tally.debited().fen()).put("cardsBalanceFen", closing.fen()).put("openingBalanceFen", opening.fen());
        root.putObject("tapMillis").put("p50", millis(tally.percentileNanos(50))).put("p99", millis(tally.percentileNanos(99)));
        root.put("seconds", BigDecimal.valueOf(nanos / 1_000_000, 3));
        return root;
    }

    private static BigDecimal millis(long nanos) {
        return BigDecimal.valueOf(nanos / 1000, 3);
    }
}
