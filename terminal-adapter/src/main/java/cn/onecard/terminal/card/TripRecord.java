package cn.onecard.terminal.card;

import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;
import java.nio.ByteBuffer;

/** One record of the trip log (行程记录), file 001E, 48 bytes:
 *
 *  <pre>
 *  off                          off
 *   0   type 1                  21   balance after 4
 *   1   00 00 terminal 6        25   date and time 7
 *   9   industry 1              32   acquirer's city 2
 *  10   line 4                  34   acquirer 8
 *  14   station 3               42   reserved 6: its acquirer's own
 *  17   amount 4
 *  </pre>
 *  @param type 03 entry, 04 exit, 06 single ride, 08 supplementary fare, 0A load of the e-purse; odd numbers otherwise: e-cash
 *  @param where the ride was
 *  @param amount of the trip
 *  @param balanceAfter what was left
 *  @param time when
 *  @param acquirerCity two bytes
 *  @param acquirer eight bytes as a number */
public record TripRecord(int type, Place where, Money amount, Money balanceAfter, EventTime time, int acquirerCity, long acquirer) {
    static final int BYTES = 48;
    private static final int NONE = 0x00;

    /** Where a passenger tapped.
     *
     *  @param terminal the PSAM's number
     *  @param industry 01 metro, 02 bus and so on, one byte
     *  @param line four bytes as an unsigned number
     *  @param station three bytes as a number */
    public record Place(TerminalId terminal, int industry, long line, int station) {}

    /** Reads a record. */
    static TripRecord parse(byte[] record) {
        ByteBuffer b = ByteBuffer.wrap(record);
        return new TripRecord(record[0] & 0xFF,
                new Place(new TerminalId(b.getLong(1) & 0xFFFF_FFFF_FFFFL), record[9] & 0xFF, Integer.toUnsignedLong(b.getInt(10)), b.getInt(13) & 0xFF_FFFF),
                Money.ofFen(Integer.toUnsignedLong(b.getInt(17))), Money.ofFen(Integer.toUnsignedLong(b.getInt(21))),
                new EventTime(b.getLong(24) & 0xFF_FFFF_FFFF_FFFFL), b.getShort(32) & 0xFFFF, b.getLong(34));
    }

    /** Whether nothing was ever written there. */
    boolean isEmpty() {
        return type == NONE;
    }

    /** The record as a terminal writes it, with nothing in its reserved bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).put((byte) type).putLong(where.terminal.value()).put((byte) where.industry)
                .putInt((int) where.line).put((byte) (where.station >>> 16)).putShort((short) where.station)
                .putInt((int) amount.fen()).putInt((int) balanceAfter.fen())
                .put((byte) (time.bcd() >>> 48)).putShort((short) (time.bcd() >>> 32)).putInt((int) time.bcd())
                .putShort((short) acquirerCity).putLong(acquirer).array();
    }
}
