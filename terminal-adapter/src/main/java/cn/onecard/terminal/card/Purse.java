package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.vocabulary.CardCounter;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TerminalId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The selected e-purse application of the card at the other end of a link. */
public final class Purse {
    private static final byte[] ENVIRONMENT = "2PAY.SYS.DDF01".getBytes(StandardCharsets.US_ASCII);
    private static final int TAG_PUBLIC_DATA = 0x9F0C;
    private static final int PUBLIC_DATA = 0x15;
    private static final int HOLDER = 0x16;
    private static final int ADMINISTRATION = 0x17;
    private static final int LOG = 0x18;
    private static final int LOG_RECORDS = 10;
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
        trySelect(link, ENVIRONMENT);
        for (CardFamily family : families) {
            Optional<byte[]> fci = trySelect(link, family.aidBytes());
            if (fci.isPresent()) {
                Optional<byte[]> inFci = Tlv.find(fci.get(), TAG_PUBLIC_DATA);
                byte[] file = inFci.isPresent() ? inFci.get() : ReadBinary.send(link, PUBLIC_DATA, PublicData.BYTES);
                return new Purse(link, family, PublicData.parse(file, family.layout()));
            }
        }
        throw CardRefused.status("SELECT", 0x6A82);
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
        return new CardReading(family, publicData, cardClass, administration[10] & 0xFF, city, GetBalance.send(link));
    }

    /** The newest transactions, newest first. */
    public List<LogRecord> listLog() throws ReaderFault, CardRefused {
        List<LogRecord> records = new ArrayList<>();
        try {
            while (records.size() < LOG_RECORDS) {
                records.add(LogRecord.parse(ReadRecord.send(link, LOG, records.size() + 1, LogRecord.BYTES)));
            }
        } catch (CardRefused refused) {
            if (refused.status() != StatusWord.NOT_FOUND) {
                throw refused;
            }
        }
        return records;
    }

    public Money balance() throws ReaderFault, CardRefused {
        return GetBalance.send(link);
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
        return GetTransactionProve.send(link, type, before);
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

    private static Optional<byte[]> trySelect(CardLink link, byte[] name) throws ReaderFault, CardRefused {
        try {
            return Optional.of(SelectByName.send(link, name));
        } catch (CardRefused refused) {
            if (refused.status() == StatusWord.BLOCKED) {
                throw refused;
            }
            return Optional.empty();
        }
    }
}
