package cn.onecard.engine.bench.ingest;

import cn.onecard.engine.bench.CoreFigures;
import cn.onecard.engine.bench.Median;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the rounds measured; of each figure the median counts. Rates are per second, times in nanoseconds.
 *
 *  @param ceiling rows straight into the table, two connections
 *  @param naive rows with a transaction each, 64 connections
 *  @param bulk acknowledged taps in batches
 *  @param single by number of terminals
 *  @param spent what the core spent during all bulk rounds
 *  @param bulkTaps taps of all bulk rounds
 *  @param growth by rows in the journal: acknowledged taps in batches */
record IngestResult(List<Long> ceiling, List<Long> naive, List<Long> bulk, Map<Integer, List<Single>> single, List<Single> lonely,
        List<CoreFigures> spent, List<Long> bulkTaps, Map<Long, List<Long>> growth, List<Long> peakMebibytes) {

    IngestResult() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new TreeMap<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(),
                new TreeMap<>(), new ArrayList<>());
    }

    /** Single taps in one round.
     *
     *  @param closedPerSecond acknowledged a second when every terminal sends its next tap at once
     *  @param perSecond acknowledged a second by timetable
     *  @param p50 latency by timetable, from when a tap was due */
    record Single(long closedPerSecond, long perSecond, long p50, long p99, long p999) {}

    /** The median of each figure by itself. */
    static Single medians(List<Single> rounds) {
        return new Single(Median.of(rounds.stream().map(Single::closedPerSecond).toList()), Median.of(rounds.stream().map(Single::perSecond).toList()),
                Median.of(rounds.stream().map(Single::p50).toList()), Median.of(rounds.stream().map(Single::p99).toList()),
                Median.of(rounds.stream().map(Single::p999).toList()));
    }
}
