package cn.onecard.terminal.card;

import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;
import java.nio.ByteBuffer;

/** One record of the transaction log, file 0018, 23 bytes:
 *  counter 2, overdraft 3, amount 4, type 1, terminal 6, date 4, time 3.
 *
 *  @param counter as the card stores it: of most cards after the transaction
 *  @param amount of the transaction
 *  @param type 02 load, 06 purchase, 09 composite purchase
 *  @param terminal where
 *  @param time when */
public record LogRecord(int counter, Money amount, int type, TerminalId terminal, EventTime time) {
    static final int BYTES = 23;

    /** The counter that INIT answered before the transaction. */
    public int counterBefore(CardFamily.LogCounter stored) {
        return stored == CardFamily.LogCounter.BEFORE ? counter : (counter - 1) & 0xFFFF;
    }

    /** Whether this is a load. */
    public boolean isLoad() {
        return type == 0x01 || type == 0x02;
    }

    static LogRecord parse(byte[] record) {
        ByteBuffer b = ByteBuffer.wrap(record);
        TerminalId terminal = new TerminalId((long) (b.getShort(10) & 0xFFFF) << 32 | Integer.toUnsignedLong(b.getInt(12)));
        EventTime time = new EventTime((Integer.toUnsignedLong(b.getInt(16)) << 24) | (b.getInt(19) & 0xFF_FFFFL));
        return new LogRecord(b.getShort(0) & 0xFFFF, Money.ofFen(Integer.toUnsignedLong(b.getInt(5))), record[9] & 0xFF, terminal, time);
    }
}
