package cn.onecard.wire;

import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;

/** What the debit was for, as the terminal says. None of it is covered by the TAC.
 *
 *  @param party the operator the terminal works for
 *  @param serviceCode code of {@link cn.onecard.vocabulary.ServiceCode}, 0 to 255
 *  @param line line number, 0 to 2^31-1
 *  @param station station number, 0 to 2^31-1
 *  @param rideKind code of {@link cn.onecard.vocabulary.RideKind}, 0 to 255
 *  @param fullFare the fare before any discount, 0 to 2^32-1 fen
 *  @param tariffVersion version of the fare table at the terminal, 0 to 2^31-1 */
public record Ride(PartyId party, int serviceCode, int line, int station, int rideKind, Money fullFare, int tariffVersion) {
    public Ride {
        Range.check("service_code", serviceCode, 0xFF);
        Range.check("line_no", line, Integer.MAX_VALUE);
        Range.check("station_no", station, Integer.MAX_VALUE);
        Range.check("ride_kind", rideKind, 0xFF);
        Range.check("full_fare_fen", fullFare.fen(), Debit.MAX_FEN);
        Range.check("tariff_version", tariffVersion, Integer.MAX_VALUE);
    }
}
