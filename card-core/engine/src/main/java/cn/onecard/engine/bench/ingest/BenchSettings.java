package cn.onecard.engine.bench.ingest;

import cn.onecard.engine.bench.RigSettings;
import cn.onecard.vocabulary.BusinessDate;
import java.util.List;
import java.util.Set;

/** What is measured, and on what.
 *
 *  @param rig the programs under measurement
 *  @param rounds how often each line is measured; the median counts
 *  @param cards cards in the register
 *  @param bulkTaps taps of one bulk round, and rows of one ceiling round
 *  @param warmUpSeconds length of the warm-up with single taps
 *  @param singleSeconds length of each measurement with single taps
 *  @param growthRows rows in the journal at the growth line; empty leaves the line out
 *  @param lines what to measure; without a line its figures are 0 */
public record BenchSettings(RigSettings rig, int rounds, int cards, int bulkTaps, int warmUpSeconds, int singleSeconds, List<Long> growthRows,
        Set<Line> lines) {
    /** A line of the table. Growth is asked for by its rows. */
    public enum Line { CEILING, NAIVE, BULK, SINGLE64, SINGLE200, LONELY }

    public BenchSettings {
        lines = Set.copyOf(lines);
        growthRows = List.copyOf(growthRows);
    }

    BusinessDate businessDate() {
        return rig.businessDate();
    }
}
