package cn.onecard.terminal.card;

import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** One record of the composite application file (复合应用文件), 001A or the local 0019, 128 bytes: the ride that is open, or the last one.
 *
 *  <pre>
 *  off                           off  boarding leg (上车)    off  alighting leg (下车)
 *   0   record id 2              15   city 2                58   city 2
 *   2   length 1, 7D             17   institution 8         60   institution 8
 *   3   valid 1, 01              25   operator 2            68   operator 2
 *   4   flag 1                   27   line 2                70   line 2
 *   5   lock 1                   29   station 1             72   station 1
 *   6   sequence 8, BCD          30   vehicle 8             73   vehicle 8
 *  14   state 1                  38   00 00 terminal 6      81   00 00 terminal 6
 *                                46   time 7                89   time 7
 *                                53   largest fare 4        96   amount 4
 *                                57   direction 1          100   distance 2
 *                                                          102   reserved 26: its acquirer's own
 *  </pre>
 *  Bytes that are not named here are kept as they were read.
 *
 *  @param recordId 2701 metro, 2702 bus
 *  @param state of the ride
 *  @param boarding where it began
 *  @param largestFare what an incomplete ride costs
 *  @param alighting where it ended; of no meaning while it is open
 *  @param amount what it cost */
public record RideRecord(int recordId, State state, Leg boarding, Money largestFare, Leg alighting, Money amount) {
    static final int BYTES = 128;
    private static final int LENGTH = 0x7D;
    private static final int VALID = 0x01;
    private static final int FREE = 0x00;
    private static final int BOARDING = 15;
    private static final int ALIGHTING = 58;

    /** How far a ride is. */
    public enum State {
        /** Nobody has boarded yet. */
        INITIAL(0x00),
        /** Somebody has boarded and not alighted. */
        OPEN(0x01),
        /** The ride is over. */
        CLOSED(0x02);

        private final int code;

        State(int code) {
            this.code = code;
        }

        private static Optional<State> find(byte code) {
            return Arrays.stream(values()).filter(state -> state.code == code).findFirst();
        }
    }

    /** One end of a ride.
     *
     *  @param city two bytes
     *  @param institution eight bytes as a number
     *  @param operator two bytes
     *  @param line two bytes
     *  @param station one byte
     *  @param vehicle eight bytes as a number
     *  @param terminal the PSAM's number
     *  @param time when */
    public record Leg(int city, long institution, int operator, int line, int station, long vehicle, TerminalId terminal, EventTime time) {
        private static Leg parse(ByteBuffer b, int at) {
            return new Leg(b.getShort(at) & 0xFFFF, b.getLong(at + 2), b.getShort(at + 10) & 0xFFFF, b.getShort(at + 12) & 0xFFFF,
                    b.get(at + 14) & 0xFF, b.getLong(at + 15), new TerminalId(b.getLong(at + 23) & 0xFFFF_FFFF_FFFFL),
                    new EventTime(b.getLong(at + 30) & 0xFF_FFFF_FFFF_FFFFL));
        }

        private void write(ByteBuffer b, int at) {
            b.putShort(at, (short) city).putLong(at + 2, institution).putShort(at + 10, (short) operator).putShort(at + 12, (short) line)
                    .put(at + 14, (byte) station).putLong(at + 15, vehicle).putLong(at + 23, terminal.value())
                    .put(at + 31, (byte) (time.bcd() >>> 48)).putShort(at + 32, (short) (time.bcd() >>> 32)).putInt(at + 34, (int) time.bcd());
        }
    }

    /** Reads a record, or empty if it is not valid, locked, or none of this kind. */
    static Optional<RideRecord> parse(byte[] record) {
        ByteBuffer b = ByteBuffer.wrap(record);
        if (record.length < BYTES || record[2] != LENGTH || record[3] != VALID || record[5] != FREE) {
            return Optional.empty();
        }
        return State.find(record[14]).map(state -> new RideRecord(b.getShort(0) & 0xFFFF, state, Leg.parse(b, BOARDING),
                Money.ofFen(Integer.toUnsignedLong(b.getInt(53))), Leg.parse(b, ALIGHTING), Money.ofFen(Integer.toUnsignedLong(b.getInt(96)))));
    }

    /** This ride written over the record that was read, whose other bytes stay. */
    public byte[] over(byte[] before) {
        byte[] record = Arrays.copyOf(before, BYTES);
        ByteBuffer b = ByteBuffer.wrap(record).putShort(0, (short) recordId).put(2, (byte) LENGTH).put(3, (byte) VALID).put(14, (byte) state.code);
        boarding.write(b, BOARDING);
        b.putInt(53, (int) largestFare.fen());
        alighting.write(b, ALIGHTING);
        b.putInt(96, (int) amount.fen());
        return record;
    }
}
