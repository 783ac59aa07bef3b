package cn.onecard.settlement.flow;

import cn.onecard.settlement.payout.PublishedDay;
import java.util.List;

/** What a night came to.
 *
 *  @param findings on cards
 *  @param times in the order of the stages */
public record NightReport(PublishedDay published, int findings, List<StageTime> times) {
    public NightReport {
        times = List.copyOf(times);
    }
}
