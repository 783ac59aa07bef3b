package cn.onecard.terminal.tap;

import cn.onecard.terminal.card.CardFamily;
import cn.onecard.terminal.card.CardReading;
import cn.onecard.terminal.card.CardRefused;
import cn.onecard.terminal.card.DebitProof;
import cn.onecard.terminal.card.InitAnswer;
import cn.onecard.terminal.card.PurchaseTerms;
import cn.onecard.terminal.card.Purse;
import cn.onecard.terminal.hotlist.Hotlist;
import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.Reader;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.terminal.sam.Psam;
import cn.onecard.terminal.sam.SamInit;
import cn.onecard.terminal.tap.TapResult.Listed;
import cn.onecard.terminal.tap.TapResult.Paid;
import cn.onecard.terminal.tap.TapResult.Refused;
import cn.onecard.terminal.tap.TapResult.Unknown;
import cn.onecard.terminal.tap.TapResult.Why;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.CardFace;
import cn.onecard.wire.Debit;
import cn.onecard.wire.TapFrame;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A validator (检票机): one reader for the passengers' cards, one PSAM, one store. Not thread-safe.
 *
 *  <h2>One tap</h2>
 *  <pre>
 *  select, read, balance   card       lost here: try again
 *  INIT FOR PURCHASE       card       lost here: try again, nothing has changed
 *  INIT SAM FOR PURCHASE   PSAM       from here on a PSAM sequence is used up
 *  provisional             store      refused here: try again; not kept: no debit is sent
 *  DEBIT FOR PURCHASE      card       no answer, or a write error: unknown, the provisional record stands
 *                                     any other refusal: not debited, the provisional record is dropped
 *  CREDIT SAM              PSAM       refused: the card has debited all the same; the record says so
 *  settled                 store      only now the passenger may pass
 *  </pre>
 *
 *  <h2>An outcome that is unknown</h2>
 *  One such record at a time is kept waiting. The card that comes next is asked: another number, and the record is filed as
 *  grey. The same number, and a fresh INIT tells its counter: unchanged, and nothing was debited; one more, and the debit
 *  happened, so its codes are asked for and the ride is paid without another debit; more than that, and nobody can tell any
 *  more, so it is filed as grey. {@link #close()} files it as grey, and so does the store itself when it opens after a crash.
 *
 *  <h2>A store that refuses after the debit</h2>
 *  The final record is kept in memory and tried again before the next card is served; no card is served until it is in. Its
 *  provisional record is durable all along. */
public final class Validator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Validator.class);

    private final Reader cards;
    private final PsamSlot slot;
    private final ProvisionalStore store;
    private final LongSupplier serials;
    private final Rules rules;
    /** A debit whose outcome is unknown, or null; written by the one thread. */
    private @Nullable TapFrame waiting;
    /** A final record that the store did not take, or null; written by the one thread. */
    private @Nullable TapFrame unfiled;
    /** The key of a provisional record whose dropping the store did not take, or null; written by the one thread. */
    private @Nullable TapKey undropped;

    /** Which cards are served.
     *
     *  @param families known ones
     *  @param hotlist asked at every tap: it may change */
    public record Rules(List<CardFamily> families, Supplier<Hotlist> hotlist) {
        /** The standard families, and a list on which nobody is. */
        public static final Rules STANDARD = new Rules(CardFamily.STANDARD, () -> Hotlist.EMPTY);

        public Rules {
            families = List.copyOf(families);
        }
    }

    private Validator(Reader cards, PsamSlot slot, ProvisionalStore store, LongSupplier serials, Rules rules) {
        this.cards = cards;
        this.slot = slot;
        this.store = store;
        this.serials = serials;
        this.rules = rules;
    }

    /** Starts a validator by asking its PSAM for the terminal number.
     *
     *  @param serials the terminal's running numbers of records, each 0 to 2^32-1
     *  @throws CardRefused if the chip in the PSAM's reader is none that we know */
    public static Validator open(Reader cards, Reader psam, ProvisionalStore store, LongSupplier serials, Rules rules) throws ReaderFault, CardRefused {
        return new Validator(cards, PsamSlot.open(psam), store, serials, rules);
    }

    /** The terminal's number, from its PSAM. */
    public TerminalId terminal() {
        return slot.terminal();
    }

    /** Debits the card that is on the reader. Whatever goes wrong on the way is part of the answer. */
    public TapResult tap(TapRequest request) {
        CardLink link = null;
        try {
            fileLeftovers();
            link = cards.connect();
            Purse purse = Purse.select(link, rules.families());
            TapResult recovered = waiting == null ? null : settleWaiting(waiting, purse);
            return recovered == null ? serve(request, purse) : recovered;
        } catch (CardRefused refused) {
            LOG.info("refused: {}", refused.getMessage());
            return new Refused(Refusals.beforeDebit(refused));
        } catch (ReaderFault fault) {
            LOG.info("refused: {}", fault.getMessage());
            if (fault instanceof ReaderFault.NoService) {
                slot.forget();   // the PSAM's conversation is over too
            }
            return new Refused(Refusals.beforeDebit(fault));
        } catch (PsamSlot.PsamFailed failed) {
            LOG.error("no card can be served: {}", failed.getMessage());
            slot.forget();
            return new Refused(Why.PSAM_FAILED);
        } catch (ProvisionalStore.Unavailable unavailable) {
            LOG.error("no card can be served: {}", unavailable.getMessage());
            return new Refused(Why.STORE_UNAVAILABLE);
        } finally {
            if (link != null) {
                link.close(true);
            }
        }
    }

    /** Files what waits as a grey record and lets go of the PSAM. If the store does not take it, it stands there as
     *  provisional and becomes grey at the next start. */
    @Override
    public void close() {
        try {
            fileLeftovers();
            fileWaiting();
        } catch (ProvisionalStore.Unavailable unavailable) {
            LOG.error("left as provisional: {}", unavailable.getMessage());
        } finally {
            slot.close();
        }
    }

    private TapResult serve(TapRequest request, Purse purse) throws ReaderFault, CardRefused, PsamSlot.PsamFailed,
            ProvisionalStore.Unavailable {
        CardReading card = purse.read();
        CardNo number = card.publicData().cardNo();
        OptionalInt listed = rules.hotlist().get().find(number);
        if (listed.isPresent()) {
            LOG.warn("card {} is on the hotlist, reason {}", number, listed.getAsInt());
            return new Listed(number, listed.getAsInt(), false);
        }
        Optional<Why> objection = objection(request, card);
        if (objection.isPresent()) {
            return new Refused(objection.get());
        }
        Psam psam = slot.psam();
        PurchaseTerms terms = new PurchaseTerms(request.amount(), request.txnType(), psam.terminal(), request.at());
        InitAnswer init = purse.initForPurchase(terms, psam.keyIndex());
        if (init.balance().compareTo(terms.amount()) < 0) {
            return new Refused(Why.BALANCE_TOO_LOW);
        }
        SamInit sam = initSam(psam, terms, init, card);
        TapFrame grey = grey(request, card, init, sam);
        store.provisional(grey);
        return debit(purse, psam, sam, grey);
    }

    private static Optional<Why> objection(TapRequest request, CardReading card) {
        if (!card.publicData().enabled()) {
            return Optional.of(Why.CARD_NOT_ENABLED);
        }
        Optional<LocalDateTime> at = request.at().find();
        if (at.isEmpty() || !card.publicData().isValidOn(at.get().toLocalDate())) {
            return Optional.of(Why.CARD_EXPIRED);
        }
        return card.balance().compareTo(request.amount()) < 0 ? Optional.of(Why.BALANCE_TOO_LOW) : Optional.empty();
    }

    private SamInit initSam(Psam psam, PurchaseTerms terms, InitAnswer init, CardReading card)
            throws PsamSlot.PsamFailed, ReaderFault.NoService {
        List<byte[]> factors = card.family().factors().factors(card.publicData().cardNo(), card.publicData().issuerId(), card.city());
        try {
            return psam.initForPurchase(terms, init, factors);
        } catch (ReaderFault.NoService noService) {
            throw noService;
        } catch (ReaderFault | CardRefused e) {
            throw new PsamSlot.PsamFailed(String.valueOf(e.getMessage()));
        }
    }

    private TapFrame grey(TapRequest request, CardReading card, InitAnswer init, SamInit sam) {
        CardFace face = new CardFace(card.publicData().cardNo(), card.cardClass(), card.cardKind(), card.publicData().issuerId(),
                card.city(), init.keyVersion(), init.algorithm());
        Debit debit = new Debit(request.txnType(), request.amount(), init.counter(), init.balance(), request.at(), Tac.NONE, true, false);
        return new TapFrame(new TapKey(slot.terminal(), sam.psamSeq()), face, debit, request.ride(), serials.getAsLong());
    }

    private TapResult debit(Purse purse, Psam psam, SamInit sam, TapFrame grey) {
        DebitProof proof;
        try {
            proof = purse.debit(sam.psamSeq(), grey.debit().eventTime(), sam.mac1());
        } catch (CardRefused refused) {
            return Refusals.leavesOpen(refused) ? unknown(grey, refused) : notDebited(grey, Refusals.beforeDebit(refused), refused);
        } catch (ReaderFault.WrongLe notExecuted) {
            return notDebited(grey, Why.CARD_PROFILE_WRONG, notExecuted);
        } catch (ReaderFault lost) {
            return unknown(grey, lost);
        }
        return finish(grey, proof, grey.debit().balanceBefore().minus(grey.debit().amount()), creditSam(psam, proof));
    }

    private Unknown unknown(TapFrame grey, Exception why) {
        LOG.warn("outcome of {} unknown: {}", grey.key(), why.getMessage());
        waiting = grey;
        return new Unknown(grey);
    }

    private Refused notDebited(TapFrame grey, Why why, Exception answer) {
        LOG.warn("{} not debited: {}", grey.key(), answer.getMessage());
        try {
            store.dropped(grey.key());
        } catch (ProvisionalStore.Unavailable unavailable) {
            LOG.error("to be dropped later: {}: {}", grey.key(), unavailable.getMessage());
            undropped = grey.key();
        }
        return new Refused(why);
    }

    /** Whether the PSAM agrees that the card debited. If it cannot say, it does not. */
    private boolean creditSam(Psam psam, DebitProof proof) {
        try {
            boolean right = psam.credit(proof.mac2());
            if (!right) {
                LOG.error("PSAM {} refuses MAC2 of a card that has debited", slot.terminal());
            }
            return right;
        } catch (ReaderFault | CardRefused e) {
            LOG.error("PSAM {} did not check MAC2: {}", slot.terminal(), e.getMessage());
            slot.forget();
            return false;
        }
    }

    private TapResult finish(TapFrame grey, DebitProof proof, Money balanceAfter, boolean mac2Right) {
        Debit d = grey.debit();
        Debit debit = new Debit(d.type(), d.amount(), d.counter(), d.balanceBefore(), d.eventTime(), proof.tac(), false, !mac2Right);
        TapFrame frame = new TapFrame(grey.key(), grey.card(), debit, grey.ride(), grey.terminalSerial());
        try {
            store.settled(frame);
            return new Paid(frame, balanceAfter);
        } catch (ProvisionalStore.Unavailable unavailable) {
            LOG.error("to be filed later: {}: {}", frame.key(), unavailable.getMessage());
            unfiled = frame;
            return new Unknown(grey);
        }
    }

    /** Settles a debit whose outcome is unknown by the card that is there now.
     *
     *  @return the answer to the tap if this was it, or null if the card is to be served */
    private @Nullable TapResult settleWaiting(TapFrame grey, Purse purse) throws ReaderFault, CardRefused, PsamSlot.PsamFailed,
            ProvisionalStore.Unavailable {
        if (!purse.publicData().cardNo().equals(grey.card().cardNo())) {
            fileWaiting();
            return null;
        }
        Psam psam = slot.psam();
        PurchaseTerms nothing = new PurchaseTerms(Money.ZERO, Debit.COMPOSITE, psam.terminal(), grey.debit().eventTime());
        InitAnswer now = purse.initForPurchase(nothing, psam.keyIndex());
        int debits = (now.counter().value() - grey.debit().counter().value()) & 0xFFFF;
        if (debits == 0) {
            store.dropped(grey.key());
            waiting = null;
            return null;
        }
        if (debits > 1) {
            fileWaiting();
            return null;
        }
        Optional<DebitProof> proof = purse.findProof(grey.debit().type(), grey.debit().counter());
        if (proof.isEmpty()) {
            fileWaiting();
            return new Unknown(grey);
        }
        waiting = null;
        return finish(grey, proof.get(), now.balance(), creditSam(psam, proof.get()));
    }

    private void fileWaiting() throws ProvisionalStore.Unavailable {
        if (waiting != null) {
            store.settled(waiting);
            waiting = null;
        }
    }

    private void fileLeftovers() throws ProvisionalStore.Unavailable {
        if (unfiled != null) {
            store.settled(unfiled);
            unfiled = null;
        }
        if (undropped != null) {
            store.dropped(undropped);
            undropped = null;
        }
    }
}
