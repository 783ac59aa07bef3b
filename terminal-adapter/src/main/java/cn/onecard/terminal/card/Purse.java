package cn.onecard.terminal.card;

import cn.onecard.terminal.card.ProtectedCommand.LineProtection;
import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.vocabulary.CardCounter;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TerminalId;
import java.util.List;
import java.util.Optional;

/** The selected e-purse application of the card at the other end of a link. */
public final class Purse {
    private static final int HOLDER = 0x16;
    private static final int ADMINISTRATION = 0x17;
    private static final int APPEND = 0x00;
    /** Country, province, city, interconnect class and card kind of file 0017. */
    private static final int ADMINISTRATION_BYTES = 11;

    private final CardLink link;
    private final CardFamily family;
    private final PublicData publicData;

    private Purse(CardLink link, CardFamily family, PublicData publicData) {
        this.link = link;
        this.family = family;
        this.publicData = publicData;
    }

    /** Selects the payment environment, whose refusal means nothing, then the first family that the card knows.
     *
     *  @throws CardRefused with {@link StatusWord#NOT_FOUND} if it knows none, with {@link StatusWord#BLOCKED} if one is blocked */
    public static Purse select(CardLink link, List<CardFamily> families) throws ReaderFault, CardRefused {
        Selection selected = Selection.of(link, families);
        return new Purse(link, selected.family(), selected.publicData());
    }

    public CardFamily family() {
        return family;
    }

    public PublicData publicData() {
        return publicData;
    }

    /** Reads class, kind, city and balance. An optional file that is missing counts as empty. */
    public CardReading read() throws ReaderFault, CardRefused {
        int cardClass = publicData.cardClass().isPresent() ? publicData.cardClass().get()
                : readOptional(HOLDER, 1)[0] & 0xFF;
        byte[] administration = readOptional(ADMINISTRATION, ADMINISTRATION_BYTES);
        int city = publicData.city().isPresent() ? publicData.city().get()
                : (administration[6] & 0xFF) << 8 | (administration[7] & 0xFF);
        return new CardReading(family, publicData, cardClass, administration[10] & 0xFF, city, GetBalance.send(link, family.options().balanceFlag()));
    }

    /** The newest transactions, newest first. */
    public List<LogRecord> listLog() throws ReaderFault, CardRefused {
        return CardRecords.listLog(link);
    }

    /** The newest trips, newest first. */
    public List<TripRecord> listTrips() throws ReaderFault, CardRefused {
        return CardRecords.listTrips(link);
    }

    /** The valid records of the composite file: the open or the last ride of each kind. */
    public List<RideRecord> listRides() throws ReaderFault, CardRefused {
        return CardRecords.listRides(link, CardRecords.RIDES);
    }

    /** Those of the local composite file, where a city keeps the same layout for its own cards. */
    public List<RideRecord> listLocalRides() throws ReaderFault, CardRefused {
        return CardRecords.listRides(link, CardRecords.LOCAL_RIDES);
    }

    public Money balance() throws ReaderFault, CardRefused {
        return GetBalance.send(link, family.options().balanceFlag());
    }

    /** Announces a purchase. Nothing changes on the card, and the next command but the debit takes it back.
     *
     *  @param keyIndex as the PSAM's key file says, 0 to 255 */
    public InitAnswer initForPurchase(PurchaseTerms terms, int keyIndex) throws ReaderFault, CardRefused {
        return InitForPurchase.send(link, terms, keyIndex);
    }

    /** Debits what was announced. If a {@link ReaderFault} comes, or {@link StatusWord#WRITE_FAILED}, the outcome is unknown. */
    public DebitProof debit(long psamSeq, EventTime time, int mac1) throws ReaderFault, CardRefused {
        return DebitForPurchase.send(link, psamSeq, time, mac1);
    }

    /** The proof of the debit that started at that counter, or empty if the card has none. */
    public Optional<DebitProof> findProof(int type, CardCounter before) throws ReaderFault, CardRefused {
        return GetTransactionProve.send(link, type, before, family.options().proofNumber());
    }

    /** Announces a load. Nothing changes on the card, and the next command but the credit takes it back.
     *
     *  @param terminal as the host is told
     *  @param keyIndex which load key of the card, 0 to 255 */
    public LoadInit initForLoad(Money amount, TerminalId terminal, int keyIndex) throws ReaderFault, CardRefused {
        return InitForLoad.send(link, amount, terminal, keyIndex);
    }

    /** Credits what was announced. {@link StatusWord#MAC_WRONG} says that the card did not believe the host and did nothing. If a
     *  {@link ReaderFault} comes, or {@link StatusWord#WRITE_FAILED}, the outcome is unknown.
     *
     *  @return the card's proof for the host */
    public Tac creditForLoad(EventTime hostTime, int mac2) throws ReaderFault, CardRefused {
        return CreditForLoad.send(link, hostTime, mac2);
    }

    /** Says which trip the debit of a composite purchase is to write down; to be sent between INIT and debit. */
    public void cacheTrip(TripRecord trip) throws ReaderFault, CardRefused {
        UpdateCappDataCache.send(link, APPEND, CardRecords.TRIPS, trip.bytes());
    }

    /** Says how the debit of a composite purchase is to change the composite file.
     *
     *  @param record which one, as the scheme has it, 0 to 255; 02 is the bus record
     *  @param bytes all 128 of it */
    public void cacheRide(int record, byte[] bytes) throws ReaderFault, CardRefused {
        UpdateCappDataCache.send(link, record, CardRecords.RIDES, bytes);
    }

    /** Blocks the application. Without an answer nobody knows whether it is blocked: whoever selects it again is told.
     *
     *  @param forGood or until the issuer lifts it
     *  @param macs whoever has the maintenance key of this card */
    public void block(boolean forGood, LineMac macs) throws ReaderFault, CardRefused {
        ApplicationBlock.send(link, forGood, new LineProtection(family.options().challengeBytes(), macs));
    }

    /** Lets the holder prove the PIN, as some cards want it before a load.
     *
     *  @param keyId of the PIN, 0 to 255 */
    public void verifyPin(int keyId, Pin pin) throws ReaderFault, CardRefused {
        VerifyPin.send(link, keyId, pin);
    }

    private byte[] readOptional(int sfi, int length) throws ReaderFault, CardRefused {
        try {
            return ReadBinary.send(link, sfi, length);
        } catch (CardRefused refused) {
            if (refused.status() == StatusWord.NOT_FOUND) {
                return new byte[length];
            }
            throw refused;
        }
    }
}
