package cn.onecard.engine.bench;

import cn.onecard.vocabulary.BusinessDate;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is measured, and on what.
 *
 *  @param home folder of the programs
 *  @param data folder for keys, certificates and database; emptied first
 *  @param url an external server, as its administrator; empty for the embedded one
 *  @param businessDate the date that the books are open at
 *  @param rounds how often each line is measured; the median counts
 *  @param cards cards in the register
 *  @param bulkTaps taps of one bulk round, and rows of one ceiling round
 *  @param warmUpSeconds length of the warm-up with single taps
 *  @param singleSeconds length of each measurement with single taps
 *  @param growthRows rows in the journal at the growth line; empty leaves the line out
 *  @param bufferPoolMebibytes memory of the embedded server for pages
 *  @param coreOptions options of the core's JVM
 *  @param lines what to measure; without a line its figures are 0 */
public record BenchSettings(Path home, Path data, Optional<String> url, BusinessDate businessDate, int rounds, int cards, int bulkTaps,
        int warmUpSeconds, int singleSeconds, List<Long> growthRows, int bufferPoolMebibytes, List<String> coreOptions, Set<Line> lines) {
    /** A line of the table. Growth is asked for by its rows. */
    public enum Line { CEILING, NAIVE, BULK, SINGLE64, SINGLE200, LONELY }

    public BenchSettings {
        lines = Set.copyOf(lines);
        growthRows = List.copyOf(growthRows);
        coreOptions = List.copyOf(coreOptions);
    }
}
