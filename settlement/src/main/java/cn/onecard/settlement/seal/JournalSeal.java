package cn.onecard.settlement.seal;

import cn.onecard.settlement.day.Sha256;
import cn.onecard.vocabulary.Money;
import java.util.List;

/** The seal of a day's journal.
 *
 *  @param accepted the amounts credited to parties
 *  @param suspense the amounts credited to suspense
 *  @param psams one seal a terminal, in the order of their numbers
 *  @param ranges the journal cut into runs of rows that a transaction can take
 *  @param root the Merkle root over the terminals' seals */
public record JournalSeal(long tapCount, Money accepted, Money suspense, List<PsamSeal> psams, List<TapRange> ranges, Sha256 root) {
    public JournalSeal {
        psams = List.copyOf(psams);
        ranges = List.copyOf(ranges);
    }
}
