package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The record files of a selected purse. A file that is not there, and one without a record, are both empty: new cards have such. */
final class CardRecords {
    static final int LOCAL_RIDES = 0x19;
    static final int RIDES = 0x1A;
    static final int TRIPS = 0x1E;
    private static final int LOG = 0x18;
    private static final int LOG_RECORDS = 10;
    private static final int TRIP_RECORDS = 30;
    private static final int RIDE_RECORDS = 2;
    private static final int WHOLE = 0;

    private CardRecords() {}

    static List<LogRecord> listLog(CardLink link) throws ReaderFault, CardRefused {
        return list(link, LOG, LOG_RECORDS, LogRecord.BYTES).stream().map(LogRecord::parse).toList();
    }

    static List<TripRecord> listTrips(CardLink link) throws ReaderFault, CardRefused {
        return list(link, TRIPS, TRIP_RECORDS, TripRecord.BYTES).stream().map(TripRecord::parse).filter(trip -> !trip.isEmpty()).toList();
    }

    /** @param sfi {@link #RIDES} or {@link #LOCAL_RIDES} */
    static List<RideRecord> listRides(CardLink link, int sfi) throws ReaderFault, CardRefused {
        return list(link, sfi, RIDE_RECORDS, WHOLE).stream().map(RideRecord::parse).flatMap(Optional::stream).toList();
    }

    private static List<byte[]> list(CardLink link, int sfi, int most, int length) throws ReaderFault, CardRefused {
        List<byte[]> records = new ArrayList<>();
        try {
            while (records.size() < most) {
                records.add(ReadRecord.send(link, sfi, records.size() + 1, length));
            }
        } catch (CardRefused refused) {
            if (refused.status() != StatusWord.NOT_FOUND) {
                throw refused;
            }
        }
        return records;
    }
}
