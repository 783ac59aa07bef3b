package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.vocabulary.Money;
import java.util.List;
import java.util.Optional;

/** All that can be read of a card without a key (读卡报告), and what could not be. The holder's name and papers are never read.
 *
 *  @param family what kind of card it is
 *  @param publicData number, issuer and validity
 *  @param cardClass card type byte, 0 to 255
 *  @param cardKind concession class byte, 0 to 255
 *  @param city city code, two bytes
 *  @param balance what the purse holds
 *  @param purchase what INIT FOR PURCHASE answered: off-line counter, key version, algorithm byte
 *  @param onlineCounter which the next load will have
 *  @param log the newest transactions, newest first
 *  @param trips the newest trips, newest first
 *  @param rides the open or the last ride of each kind
 *  @param unread what could not be read */
public record CardReport(CardFamily family, Optional<PublicData> publicData, Optional<Integer> cardClass, Optional<Integer> cardKind,
        Optional<Integer> city, Optional<Money> balance, Optional<InitAnswer> purchase, Optional<Integer> onlineCounter, List<LogRecord> log,
        List<TripRecord> trips, List<RideRecord> rides, List<Unread> unread) {
    public CardReport {
        log = List.copyOf(log);
        trips = List.copyOf(trips);
        rides = List.copyOf(rides);
        unread = List.copyOf(unread);
    }

    /** Something that could not be read.
     *
     *  @param what for people
     *  @param why what the card said */
    public record Unread(String what, StatusWord why) {
        @Override
        public String toString() {
            return what + ": " + switch (why) {
                case BLOCKED -> "the application is blocked";
                case NOT_FOUND -> "this card has no such file";
                case SECURITY_NOT_SATISFIED -> "the card wants a PIN or a key for it";
                case KEY_INDEX_UNKNOWN, KEY_NOT_FOUND -> "the card has no key of that index";
                case COMMAND_UNFIT, PROFILE_MISMATCH, CONDITIONS_NOT_MET -> "the card does not do this";
                case COUNTER_EXHAUSTED -> "its counter is at its end";
                default -> "the card did not give it (" + why + ")";
            };
        }
    }

    /** Reads the card at the other end of a link. Nothing on it changes: an INIT that nothing follows is forgotten.
     *
     *  @throws CardRefused with {@link StatusWord#NOT_FOUND} if it is of no family that we know, with {@link StatusWord#BLOCKED} if its
     *      application is blocked */
    public static CardReport read(CardLink link, List<CardFamily> families)
            throws ReaderFault, CardRefused {
        return new CardInspection(link, Selection.of(link, families)).report();
    }
}
