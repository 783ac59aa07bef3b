package cn.onecard.terminal.sim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The files of a T-Union card, as bytes.
 *
 *  <pre>
 *  0015, 30   issuer 8 | application type 02 | enable flag 01 | card number 10 | start 4 | end 4 | FCI data 2
 *  0016, 55   card type 1 | staff flag 1 | name 20 | id number 32 | id type 1
 *  0017, 60   country 00000156 | province 2 | city 2 | interconnect 0001 | card kind 1 | reserved 49
 *  0018, 23   counter 2 | overdraft 3 | amount 4 | type 1 | terminal 6 | date 4 | time 3        cyclic, newest first
 *  0019, 128  one record of the local composite file, kept as the terminal wrote it
 *  001A, 128  records 2701 (metro) and 2702 (bus) of the composite file, likewise
 *  001E, 48   trip records, kept as the terminal wrote them                                     cyclic, newest first
 *  </pre> */
final class CardFiles {
    private static final int LOG_RECORDS = 10;
    private static final int TRIP_RECORDS = 30;
    private static final int LOCAL_RIDES = 0x19;
    private static final int RIDES = 0x1A;
    private static final int TRIPS = 0x1E;
    private static final int TRIP_BYTES = 48;
    private static final int RIDE_BYTES = 128;

    private final byte[] publicData;
    private final byte[] holderData;
    private final byte[] administration;
    // Empty until somebody asks for them: a city has a million cards, and few of them ride with these.
    private List<byte[]> rides = List.of();
    private List<byte[]> localRides = List.of();
    private final Deque<byte[]> log = new ArrayDeque<>();
    private final Deque<byte[]> trips = new ArrayDeque<>();

    CardFiles(CardProfile profile) {
        publicData = ByteBuffer.allocate(30).putLong(profile.issuerId()).put((byte) 0x02).put((byte) 0x01)
                .put(profile.cardNo().bytes()).put(bcd(profile.validFrom())).put(bcd(profile.validTo())).array();
        holderData = ByteBuffer.allocate(55).put((byte) profile.cardClass()).put((byte) 0)
                .put("ONECARD SIM".getBytes(StandardCharsets.US_ASCII)).array();
        administration = ByteBuffer.allocate(60).putInt(0x00000156).putShort((short) 0).putShort((short) profile.city())
                .putShort((short) 0x0001).put((byte) profile.kind().code()).array();
    }

    byte[] publicData() {
        return publicData.clone();
    }

    /** Stops or enables the application: byte 9 of file 0015. */
    void setEnableFlag(int flag) {
        publicData[9] = (byte) flag;
    }

    /** The transparent file of that short id. */
    Optional<byte[]> findBinary(int sfi) {
        return switch (sfi) {
            case 0x15 -> Optional.of(publicData);
            case 0x16 -> Optional.of(holderData);
            case 0x17 -> Optional.of(administration);
            default -> Optional.empty();
        };
    }

    /** The records of the cyclic file of that short id, newest first. */
    Optional<List<byte[]>> findRecords(int sfi) {
        return switch (sfi) {
            case 0x18 -> Optional.of(new ArrayList<>(log));
            case LOCAL_RIDES, RIDES -> Optional.of(rides(sfi));
            case TRIPS -> Optional.of(new ArrayList<>(trips));
            default -> Optional.empty();
        };
    }

    void appendLog(byte[] record) {
        append(log, record, LOG_RECORDS);
    }

    /** Whether a composite purchase may write so.
     *
     *  @param record as UPDATE CAPP DATA CACHE names it */
    boolean takes(int sfi, int record, byte[] data) {
        return sfi == TRIPS ? record == 0 && data.length == TRIP_BYTES : findRide(sfi, record).isPresent() && data.length == RIDE_BYTES;
    }

    /** Writes what a composite purchase had cached. */
    void write(int sfi, int record, byte[] data) {
        if (sfi == TRIPS) {
            append(trips, data, TRIP_RECORDS);
        } else {
            System.arraycopy(data, 0, findRide(sfi, record).orElseThrow(), 0, RIDE_BYTES);
        }
    }

    /** Writes part of a transparent file.
     *
     *  @return the status word */
    int update(int sfi, int offset, byte[] data) {
        Optional<byte[]> file = findBinary(sfi);
        if (file.isEmpty()) {
            return 0x6A82;
        }
        if (offset + data.length > file.get().length) {
            return 0x6B00;
        }
        System.arraycopy(data, 0, file.get(), offset, data.length);
        return 0x9000;
    }

    /** Names its record by the low byte of the record id. */
    private Optional<byte[]> findRide(int sfi, int record) {
        return rides(sfi).stream().filter(ride -> (ride[1] & 0xFF) == record).findFirst();
    }

    /** The records of a composite file; none of any other. */
    private List<byte[]> rides(int sfi) {
        if (sfi == RIDES && rides.isEmpty()) {
            rides = List.of(ride(0x2701), ride(0x2702));
        }
        if (sfi == LOCAL_RIDES && localRides.isEmpty()) {
            localRides = List.of(ride(0x2702));
        }
        return sfi == RIDES ? rides : sfi == LOCAL_RIDES ? localRides : List.of();
    }

    private static byte[] ride(int id) {
        return ByteBuffer.allocate(RIDE_BYTES).putShort((short) id).put((byte) 0x7D).put((byte) 0x01).put((byte) 0x01).array();
    }

    private static void append(Deque<byte[]> file, byte[] record, int capacity) {
        file.addFirst(record);
        if (file.size() > capacity) {
            file.removeLast();
        }
    }

    private static byte[] bcd(LocalDate date) {
        return HexFormat.of().parseHex("%04d%02d%02d".formatted(date.getYear(), date.getMonthValue(), date.getDayOfMonth()));
    }
}
