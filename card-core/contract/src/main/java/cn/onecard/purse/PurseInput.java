package cn.onecard.purse;

import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import java.nio.ByteBuffer;

/** The strings that MACs and TACs are made over, byte by byte [1]. Amounts are unsigned 4-byte big-endian fen.
 *
 *  <p>[1] JR/T 0025.2-2018, EDEP; the same strings for 3DES and SM4. */
public final class PurseInput {
    private PurseInput() {}

    /** Purchase MAC1, PSAM to card: amount 4, type 1, terminal 6, date 4, time 3. */
    public static byte[] purchaseMac1(Money amount, int type, TerminalId terminal, EventTime time) {
        ByteBuffer b = ByteBuffer.allocate(18);
        amountTypeTerminal(b, amount, type, terminal);
        dateTime(b, time);
        return b.array();
    }

    /** Purchase MAC2, card to PSAM: amount 4. */
    public static byte[] purchaseMac2(Money amount) {
        return ByteBuffer.allocate(4).putInt(unsigned(amount)).array();
    }

    /** Purchase TAC, card to host: amount 4, type 1, terminal 6, PSAM sequence 4, date 4, time 3. */
    public static byte[] purchaseTac(Money amount, int type, TapKey key, EventTime time) {
        ByteBuffer b = ByteBuffer.allocate(22);
        amountTypeTerminal(b, amount, type, key.terminal());
        b.putInt((int) key.psamSeq());
        dateTime(b, time);
        return b.array();
    }

    /** Load MAC1, card to host: old balance 4, amount 4, type 1, terminal 6. */
    public static byte[] loadMac1(Money oldBalance, Money amount, int type, TerminalId terminal) {
        ByteBuffer b = ByteBuffer.allocate(15).putInt(unsigned(oldBalance));
        amountTypeTerminal(b, amount, type, terminal);
        return b.array();
    }

    /** Load MAC2, host to card: amount 4, type 1, terminal 6, date 4, time 3; the same string as purchase MAC1. */
    public static byte[] loadMac2(Money amount, int type, TerminalId terminal, EventTime time) {
        return purchaseMac1(amount, type, terminal, time);
    }

    /** Load TAC, card to host: new balance 4, on-line counter 2 (before +1), amount 4, type 1, terminal 6, date 4, time 3. */
    public static byte[] loadTac(Money newBalance, int onlineCounter, Money amount, int type, TerminalTime at) {
        ByteBuffer b = ByteBuffer.allocate(24).putInt(unsigned(newBalance)).putShort((short) onlineCounter);
        amountTypeTerminal(b, amount, type, at.terminal());
        dateTime(b, at.time());
        return b.array();
    }

    /** Where and when a load happened.
     *
     *  @param terminal the terminal number
     *  @param time the host's time */
    public record TerminalTime(TerminalId terminal, EventTime time) {}

    private static void amountTypeTerminal(ByteBuffer b, Money amount, int type, TerminalId terminal) {
        b.putInt(unsigned(amount)).put((byte) type);
        b.putShort((short) (terminal.value() >>> 32)).putInt((int) terminal.value());
    }

    private static void dateTime(ByteBuffer b, EventTime time) {
        b.put((byte) (time.bcd() >>> 48)).putShort((short) (time.bcd() >>> 32)).putInt((int) time.bcd());
    }

    private static int unsigned(Money amount) {
        if (amount.fen() < 0 || amount.fen() > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("an amount on the card has four unsigned bytes: " + amount);
        }
        return (int) amount.fen();
    }
}
