package cn.onecard.settlement.seal;

import cn.onecard.settlement.day.Sha256;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import java.nio.ByteBuffer;

/** The seal of one account's entries of a day.
 *
 *  @param kind code of the kind of account
 *  @param moved the changes of its balance, without their signs
 *  @param before where it stood when the day began
 *  @param lastEntryNo number of its last entry of the day
 *  @param after where it stood when the day ended
 *  @param root the Merkle root of its entries, in their order */
public record AccountSeal(CardNo card, int kind, long entryCount, Money moved, Standing before, long lastEntryNo, Standing after, Sha256 root) {
    /** Where an account stands.
     *
     *  @param held part of the balance */
    public record Standing(Money balance, Money held) {}

    /** A leaf of the day's tree: card (10 bytes), then kind, count, moved, last entry, balance and held after it (eight bytes
     *  each, big-endian), root. */
    byte[] leaf() {
        return ByteBuffer.allocate(card.bytes().length + 6 * Long.BYTES + Sha256.BYTES).put(card.bytes()).putLong(kind).putLong(entryCount)
                .putLong(moved.fen()).putLong(lastEntryNo).putLong(after.balance().fen()).putLong(after.held().fen()).put(root.bytes()).array();
    }
}
