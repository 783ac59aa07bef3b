package cn.onecard.wire;

import cn.onecard.vocabulary.TapKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** One tap as a terminal reports it: every field in range, nothing proved yet.
 *
 *  <p>Canonical form, big-endian, 83 bytes; the digest of it tells "the same tap" from "the same key with other content":
 *  <pre>
 *   0 terminal 6   6 psamSeq 4    10 cardNo 10    20 class 1    21 kind 1      22 issuer 8    30 city 2
 *  32 keyVer 1    33 alg 1        34 type 1       35 amount 4   39 counter 2   41 balance 4   45 time 7
 *  52 tac 4       56 flags 1      57 party 4      61 service 1  62 line 4      66 station 4   70 rideKind 1
 *  71 fullFare 4  75 tariff 4     79 serial 4
 *  </pre>
 *  flags: bit 0 grey, bit 1 MAC2 failed.
 *
 *  @param key PSAM and sequence
 *  @param card what was read of the card
 *  @param debit what card and PSAM did
 *  @param ride what it was for
 *  @param terminalSerial the terminal's running number of the record, 0 to 2^32-1 */
public record TapFrame(TapKey key, CardFace card, Debit debit, Ride ride, long terminalSerial) {
    /** Length of {@link #digest()} in bytes. */
    public static final int DIGEST_BYTES = 16;

    private static final int CANONICAL_BYTES = 83;

    public TapFrame {
        Range.check("terminal_serial", terminalSerial, 0xFFFF_FFFFL);
    }

    /** The frame in canonical form. */
    public byte[] canonical() {
        ByteBuffer b = ByteBuffer.allocate(CANONICAL_BYTES);
        long terminal = key.terminal().value();
        b.putShort((short) (terminal >>> 32)).putInt((int) terminal).putInt((int) key.psamSeq());
        b.put(card.cardNo().bytes()).put((byte) card.cardClass()).put((byte) card.cardKind());
        b.putLong(card.issuerId()).putShort((short) card.city()).put((byte) card.keyVersion()).put((byte) card.algorithm());
        b.put((byte) debit.type()).putInt((int) debit.amount().fen()).putShort((short) debit.counter().value());
        b.putInt((int) debit.balanceBefore().fen());
        long time = debit.eventTime().bcd();
        b.put((byte) (time >>> 48)).putShort((short) (time >>> 32)).putInt((int) time);
        b.putInt(debit.tac().value()).put((byte) ((debit.grey() ? 1 : 0) | (debit.mac2Failed() ? 2 : 0)));
        b.putInt(ride.party().value()).put((byte) ride.serviceCode()).putInt(ride.line()).putInt(ride.station());
        b.put((byte) ride.rideKind()).putInt((int) ride.fullFare().fen()).putInt(ride.tariffVersion());
        b.putInt((int) terminalSerial);
        return b.array();
    }

    /** The first 16 bytes of the SHA-256 of the canonical form. */
    public byte[] digest() {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(canonical()), DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
