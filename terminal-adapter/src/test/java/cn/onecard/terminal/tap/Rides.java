package cn.onecard.terminal.tap;

import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import cn.onecard.wire.Debit;
import cn.onecard.wire.Ride;
import java.time.LocalDateTime;

/** Requests for tests. */
final class Rides {
    static final EventTime NOON = EventTime.of(LocalDateTime.of(2026, 11, 24, 12, 0));

    private Rides() {}

    static TapRequest bus(long fen) {
        return request(fen, Debit.PURCHASE, RideKind.SINGLE, NOON);
    }

    static TapRequest entry() {
        return request(0, Debit.COMPOSITE, RideKind.ENTRY, NOON);
    }

    static TapRequest request(long fen, int type, RideKind kind, EventTime at) {
        return new TapRequest(Money.ofFen(fen), type, at,
                new Ride(new PartyId(11), ServiceCode.BUS.code(), 7, 3, kind.code(), Money.ofFen(fen), 1));
    }
}
