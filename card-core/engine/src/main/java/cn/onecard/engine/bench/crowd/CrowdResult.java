package cn.onecard.engine.bench.crowd;

import cn.onecard.engine.bench.Median;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What one line of the crowd measured.
 *
 *  @param name in the report
 *  @param what was going on
 *  @param connections open, of the callers that behave
 *  @param steady what those got
 *  @param seconds time measured
 *  @param rude what became of the callers that do not behave
 *  @param journal rows against taps
 *  @param memory the core's, at its most */
record CrowdResult(String name, String what, int connections, SteadyLoad.Outcomes steady, int seconds, Optional<Rude> rude, Journal journal,
        CoreMemory.Peak memory) {
    /** The callers that do not behave.
     *
     *  @param unreadSent taps that the gateway that does not read had written when the measurement ended
     *  @param unreadTaken how many of those the core had taken by then
     *  @param unread its account after it had read on
     *  @param flood the account of the gateway that floods */
    record Rude(long unreadSent, long unreadTaken, RudeLoad.Outcomes unread, RudeLoad.Outcomes flood) {}

    /** Rows that came into the journal, and as many as there should be: one for each tap sent, however often it was sent. */
    record Journal(long rows, long expected) {}

    /** Taps that were sent and never answered, of all callers. */
    long lost() {
        long steadyLost = steady.sent() - steady.answered();
        return steadyLost + rude.map(both -> both.unread().sent() - both.unread().answered() + both.flood().sent() - both.flood().answered()).orElse(0L);
    }

    long perSecond() {
        return steady.measuredTaps() / seconds;
    }

    /** Least, median and most answers that a terminal got within the time measured. */
    List<Long> spread() {
        List<Long> sorted = new ArrayList<>(steady.tapsOfEach());
        Collections.sort(sorted);
        return List.of(sorted.getFirst(), Median.of(sorted), sorted.getLast());
    }
}
