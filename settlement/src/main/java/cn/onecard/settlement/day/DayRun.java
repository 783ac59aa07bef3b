package cn.onecard.settlement.day;

import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import java.time.LocalDateTime;

/** Where the night of one business date stands.
 *
 *  @param stage the last stage that is complete
 *  @param closedAt when the day was closed, UTC
 *  @param tapCount taps in the journal; 0 until sealed
 *  @param accepted what parties are owed for the day; zero until sealed
 *  @param suspense what went to suspense; zero until sealed
 *  @param feeVersion the fee rules the day was cleared with; 0 until cleared, and if nothing was earned
 *  @param root the Merkle root of the journal; {@link Sha256#NONE} until sealed */
public record DayRun(BusinessDate date, Stage stage, LocalDateTime closedAt, long tapCount, Money accepted, Money suspense,
        int feeVersion, Sha256 root) {}
