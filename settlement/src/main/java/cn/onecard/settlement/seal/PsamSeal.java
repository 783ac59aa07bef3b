package cn.onecard.settlement.seal;

import cn.onecard.settlement.day.Sha256;
import cn.onecard.vocabulary.Money;
import java.nio.ByteBuffer;

/** The seal of one terminal's taps of a day.
 *
 *  @param psamNo as the row has it, so that a number that cannot be one is sealed as well
 *  @param amount of all its taps, accepted and suspect
 *  @param root the Merkle root of its rows, in the order of their sequence */
public record PsamSeal(long psamNo, long tapCount, Money amount, Sha256 root) {
    /** A leaf of the day's tree: terminal, count, amount in fen (eight bytes each, big-endian), root. */
    byte[] leaf() {
        return ByteBuffer.allocate(3 * Long.BYTES + Sha256.BYTES)
                .putLong(psamNo).putLong(tapCount).putLong(amount.fen()).put(root.bytes()).array();
    }
}
