package cn.onecard.terminal.card;

import cn.onecard.terminal.card.CardReport.Unread;
import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one piece of a selected card after the other, and notes what the card refuses. */
final class CardInspection {
    private static final int HOLDER = 0x16;
    private static final int ADMINISTRATION = 0x17;
    /** Country, province, city, interconnect class and card kind of file 0017. */
    private static final int ADMINISTRATION_BYTES = 11;
    private static final int PURCHASE = 0x06;
    private static final TerminalId NOWHERE = new TerminalId(0);
    private static final EventTime NEVER = new EventTime(0);
    /** Some cards refuse to announce a load of nothing. */
    private static final Money ONE_FEN = Money.ofFen(1);

    private final CardLink link;
    private final Selection selected;
    private final CardFamily family;
    private final List<Unread> unread = new ArrayList<>();

    CardInspection(CardLink link, Selection selected) {
        this.link = link;
        this.selected = selected;
        this.family = selected.family();
    }

    CardReport report() throws ReaderFault {
        Optional<PublicData> publicData = attempt("card number and validity", selected::publicData);
        Optional<Integer> cardClass = publicData.flatMap(PublicData::cardClass);
        if (cardClass.isEmpty()) {
            cardClass = attempt("card class", () -> ReadBinary.send(link, HOLDER, 1)[0] & 0xFF);
        }
        Optional<byte[]> administration = attempt("city and card kind", () -> ReadBinary.send(link, ADMINISTRATION, ADMINISTRATION_BYTES));
        Optional<Integer> city = publicData.flatMap(PublicData::city).or(() -> administration.map(file -> (file[6] & 0xFF) << 8 | (file[7] & 0xFF)));
        Optional<Money> balance = attempt("balance", () -> GetBalance.send(link, family.options().balanceFlag()));
        PurchaseTerms nothing = new PurchaseTerms(Money.ZERO, PURCHASE, NOWHERE, NEVER);
        Optional<InitAnswer> purchase = attempt("off-line counter", () -> InitForPurchase.send(link, nothing, family.options().purchaseKeyIndex()));
        Optional<Integer> onlineCounter = attempt("on-line counter",
                () -> InitForLoad.send(link, ONE_FEN, NOWHERE, family.options().loadKeyIndex()).onlineCounter());
        List<LogRecord> log = attempt("transaction log", () -> CardRecords.listLog(link)).orElse(List.of());
        List<TripRecord> trips = family.hasTrips() ? attempt("trips", () -> CardRecords.listTrips(link)).orElse(List.of()) : List.of();
        List<RideRecord> rides = family.hasTrips() ? attempt("rides", () -> CardRecords.listRides(link, CardRecords.RIDES)).orElse(List.of()) : List.of();
        return new CardReport(family, publicData, cardClass, administration.map(file -> file[10] & 0xFF), city, balance, purchase, onlineCounter,
                log, trips, rides, unread);
    }

    /** One question to the card. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws ReaderFault, CardRefused;
    }

    private <T> Optional<T> attempt(String what, Question<T> question) throws ReaderFault {
        try {
            return Optional.of(question.ask());
        } catch (CardRefused refused) {
            unread.add(new Unread(what, refused.status()));
            return Optional.empty();
        }
    }
}
