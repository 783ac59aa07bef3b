package cn.onecard.settlement.city;

import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import cn.onecard.vocabulary.TerminalId;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** A city and the plan of one of its days.
 *
 *  @param day the business date on which the day is booked
 *  @param parties operators, the card company, the city fund
 *  @param lines all lines, each once
 *  @param psams all PSAMs, each once
 *  @param cards all cards, each once
 *  @param tariffs all fare tables in force or once in force
 *  @param fees how the takings are shared
 *  @param plan the day's acts, by time; of one card and of one PSAM in the order in which they happen */
public record City(BusinessDate day, List<Party> parties, List<Line> lines, List<Psam> psams, List<Card> cards,
        List<TariffText> tariffs, List<Fee> fees, List<Act> plan) {
    /** The one gateway through which the demo's terminals send. */
    public static final String GATEWAY = "depot-1";

    /** Who is settled with.
     *
     *  @param role OPERATOR, CARD_COMPANY or CITY_FUND */
    public record Party(PartyId id, String name, String role, String bankAccount, String bankCode) {}

    /** A line of a service. */
    public record Line(ServiceCode service, int number, String name) {}

    /** A PSAM and what it is bound to.
     *
     *  @param district six digits, GB/T 2260 */
    public record Psam(TerminalId id, PartyId party, ServiceCode service, String district) {}

    /** A card as it is issued.
     *
     *  @param lost reported lost before the day began
     *  @param openingBalance what is on the purse in the morning */
    public record Card(CardNo number, CardKind kind, String algorithm, boolean lost, Money openingBalance) {}

    /** A fare table in its text form. */
    public record TariffText(int version, LocalDate validFrom, String body) {}

    /** One share of a fee rule.
     *
     *  @param party whose takings, 0 for every party not named
     *  @param beneficiary who gets the share, 0 for the party itself
     *  @param weight hundred-thousandths */
    public record Fee(int party, ServiceCode service, int beneficiary, long weight) {}

    /** What happens at a terminal. */
    public enum ActKind {
        /** A card is tapped. */
        TAP,
        /** A card is tapped, and its frame is sent twice. */
        RESEND,
        /** A card is tapped, and its frame is sent again with another station. */
        CONFLICT,
        /** No card: a frame with an invented TAC is sent. */
        FORGE
    }

    /** One act of the plan.
     *
     *  @param card the card that is tapped, or that an invented frame claims */
    public record Act(LocalDateTime at, TerminalId psam, CardNo card, Money amount, Money fullFare, RideKind ride,
            Line line, int station, PartyId party, int tariffVersion, int txnType, ActKind kind) {}
}
