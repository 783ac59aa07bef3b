package cn.onecard.engine.rail.unionpay;

import cn.onecard.engine.key.KeysUnavailable;
import cn.onecard.engine.key.TerminalMasterKey;
import cn.onecard.engine.key.WorkingKeys;
import cn.onecard.engine.rail.iso8583.Field60;
import cn.onecard.engine.rail.iso8583.Field62;
import cn.onecard.engine.rail.iso8583.MalformedMessage;
import cn.onecard.engine.rail.iso8583.Message;
import cn.onecard.engine.rail.iso8583.ProcessingRequirement;
import cn.onecard.engine.rail.iso8583.ResponseCode;
import cn.onecard.engine.rail.line.HostLine;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One bank terminal. It does one thing at a time; callers wait for their turn, each on a thread of its own. Thread-safe.
 *
 *  <p><b>Reversal.</b> The row of a transaction is written before the transaction leaves, in a state that means "to be reversed"
 *  should nothing more be heard. No answer (98), an answer that cannot be used (06) or that has a wrong MAC (A0) sets the reversal
 *  going: at once, and from then on before anything else. The host's 00 ends it. Its 25 or 12 ends it as well, but tells for certain
 *  that nothing stands only if an earlier try may have arrived; if it is the first, the row becomes a case. So it does when the
 *  tries are used up. A connection that does not come about is no try.
 *
 *  <p><b>Advices.</b> A refund is not reversed. It is sent until it is answered.
 *
 *  <p><b>Keys.</b> Working keys live in memory alone: a terminal that has started anew signs on first. An answer that asks for it (77,
 *  A0, 99, or the header's processing requirement) and one with a wrong MAC bring a sign-on before the next message. An answer
 *  without MAC decides nothing, even if it declines: who is on the line could have sent it. */
public final class PosTerminal {
    private static final Logger LOG = LoggerFactory.getLogger(PosTerminal.class);

    private final ReentrantLock turn = new ReentrantLock(true);
    private final LinkSettings settings;
    private final TerminalMasterKey masterKey;
    private final TerminalJournal journal;
    private final PosMessages messages;
    private final HostDialogue dialogue;
    /** The keys of the last sign-on; null before the first. Written under {@link #turn}. */
    private @Nullable WorkingKeys keys;
    /** Whether to sign on before the next message. Written under {@link #turn}. */
    private boolean signOnDue = true;

    public PosTerminal(LinkSettings settings, TerminalMasterKey masterKey, TerminalJournal journal, HostLine line) {
        this.settings = settings;
        this.masterKey = masterKey;
        this.journal = journal;
        this.messages = new PosMessages(settings);
        this.dialogue = new HostDialogue(settings, line, messages);
    }

    /** Does a transaction, unless its leg has one already, and says what came of it. */
    public BankOutcome transact(BankRequest request) {
        turn.lock();
        try {
            Optional<BankTransaction> known = journal.find(request.leg());
            if (known.isPresent()) {
                return BankOutcome.of(known.get());
            }
            if (!clear()) {
                return new BankOutcome.NotDone(BankOutcome.Why.REVERSAL_PENDING);
            }
            Optional<WorkingKeys> working = findKeys();
            if (working.isEmpty()) {
                return new BankOutcome.NotDone(BankOutcome.Why.NOT_SIGNED_ON);
            }
            return begin(request, working.get());
        } finally {
            turn.unlock();
        }
    }

    /** What has come of a leg's transaction so far; empty if it never left and never will. */
    public Optional<BankOutcome> findOutcome(UUID leg) {
        turn.lock();
        try {
            return journal.find(leg).map(BankOutcome::of);
        } finally {
            turn.unlock();
        }
    }

    /** Sends what is pending: reversals, then advices. To be called from time to time.
     *
     *  @return whether nothing is pending any more */
    public boolean flush() {
        turn.lock();
        try {
            return clear() && forward();
        } finally {
            turn.unlock();
        }
    }

    /** Signs on. It is done unasked whenever it is due.
     *
     *  @return whether the terminal has keys now */
    public boolean signOn() {
        turn.lock();
        try {
            signOnDue = true;
            return findKeys().isPresent();
        } finally {
            turn.unlock();
        }
    }

    /** Signs off, when nothing is pending.
     *
     *  @return whether the host knows */
    public boolean signOff() {
        turn.lock();
        try {
            if (!clear() || !forward()) {
                return false;
            }
            return signOffNow();
        } finally {
            turn.unlock();
        }
    }

    /** Whether the host answers. */
    public boolean echo() {
        turn.lock();
        try {
            return isApproved(dialogue.ask(messages.echo(journal.nextTrace(), journal.batch())));
        } finally {
            turn.unlock();
        }
    }

    /** Settles the open batch, opens the next, and signs off.
     *
     *  @return what the host said of it; empty if it could not be settled now */
    public Optional<BatchSettlement.Result> settle() {
        turn.lock();
        try {
            if (!clear() || !forward() || findKeys().isEmpty()) {
                return Optional.empty();
            }
            Optional<BatchSettlement.Result> result = new BatchSettlement(journal, messages, dialogue).settle();
            if (result.isPresent()) {
                signOffNow();
            }
            return result;
        } finally {
            turn.unlock();
        }
    }

    private BankOutcome begin(BankRequest request, WorkingKeys working) {
        BankTransaction.Place place = new BankTransaction.Place(journal.batch(), journal.nextTrace());
        Message kept = messages.kept(request, place);
        Optional<Message> message = messages.complete(kept, request.card(), working.pin());
        if (message.isEmpty()) {
            return new BankOutcome.NotDone(BankOutcome.Why.PIN_UNREADABLE);
        }
        return switch (request.kind().undo()) {
            case NOTHING -> inquire(request, place, message.get(), working);
            case REVERSAL -> send(row(request, place, kept, BankState.SENT), message.get(), working);
            // It may be sent again and must be the same then: so it goes without track and PIN from the first time on.
            case NEVER -> send(row(request, place, kept, BankState.STORED), kept, working);
        };
    }

    private static BankTransaction row(BankRequest request, BankTransaction.Place place, Message kept, BankState state) {
        return new BankTransaction(request.leg(), request.kind(), place, kept, BankTransaction.Progress.of(state), Optional.empty());
    }

    private BankOutcome send(BankTransaction transaction, Message message, WorkingKeys working) {
        journal.begin(transaction);
        return BankOutcome.of(hear(transaction, dialogue.ask(message, working.mac())));
    }

    /** A question that moves no money is asked and forgotten. */
    private BankOutcome inquire(BankRequest request, BankTransaction.Place place, Message message, WorkingKeys working) {
        Reply reply = dialogue.ask(message, working.mac());
        if (!(reply instanceof Reply.Answer answer)) {
            signOnDue |= reply instanceof Reply.Forged;
            return new BankOutcome.NotDone(reply instanceof Reply.Unreached ? BankOutcome.Why.UNREACHABLE : BankOutcome.Why.NO_ANSWER);
        }
        heed(answer);
        try {
            return BankOutcome.of(row(request, place, message, BankState.SENT).answered(BankAnswer.of(answer.message())));
        } catch (MalformedMessage e) {
            return new BankOutcome.NotDone(BankOutcome.Why.NO_ANSWER);
        }
    }

    /** Takes the reply to a transaction to its row, and reverses it if need be. */
    private BankTransaction hear(BankTransaction transaction, Reply reply) {
        if (transaction.state() == BankState.STORED) {
            return hearAdvice(transaction, reply);
        }
        return switch (reply) {
            case Reply.Unreached none -> write(transaction.ended(BankState.NOT_SENT));
            case Reply.Silence none -> reverse(write(transaction.reversing(ResponseCode.NO_ANSWER)));
            case Reply.Unreadable none -> reverse(write(transaction.reversing(ResponseCode.UNREADABLE)));
            case Reply.Forged none -> {
                signOnDue = true;
                yield reverse(write(transaction.reversing(ResponseCode.MAC_WRONG)));
            }
            case Reply.Answer answer -> hearAnswer(transaction, answer);
        };
    }

    private BankTransaction hearAnswer(BankTransaction transaction, Reply.Answer answer) {
        heed(answer);
        BankAnswer heard;
        try {
            heard = BankAnswer.of(answer.message());
        } catch (MalformedMessage e) {
            return reverse(write(transaction.reversing(ResponseCode.UNREADABLE)));
        }
        boolean asMuch = heard.amount().isEmpty() || heard.amount().equals(transaction.kept().findMoney(4));
        if (heard.code().equals(ResponseCode.NO_ANSWER)) {
            return reverse(write(transaction.reversing(ResponseCode.NO_ANSWER)));
        }
        if (heard.code().isApproval() && (!asMuch || heard.date().isEmpty())) {
            return reverse(write(transaction.reversing(ResponseCode.UNREADABLE)));
        }
        return write(transaction.answered(heard));
    }

    private BankTransaction hearAdvice(BankTransaction advice, Reply reply) {
        if (!(reply instanceof Reply.Answer answer)) {
            signOnDue |= reply instanceof Reply.Forged;
            return advice;
        }
        heed(answer);
        ResponseCode code = ResponseCode.of(answer.message());
        boolean decided = !code.asksToSignOn() && !code.equals(ResponseCode.NO_ANSWER);
        try {
            return decided ? write(advice.answered(BankAnswer.of(answer.message()))) : advice;
        } catch (MalformedMessage e) {
            return advice;
        }
    }

    /** Ends what a process that died has left, and sends the reversals that are due.
     *
     *  @return whether none is due any more */
    private boolean clear() {
        for (BankTransaction open : journal.listOpen()) {
            BankTransaction due = open.state() == BankState.SENT ? write(open.reversing(ResponseCode.NO_ANSWER)) : open;
            if (due.state() == BankState.REVERSING && reverse(due).state() == BankState.REVERSING) {
                return false;
            }
        }
        return true;
    }

    /** Sends the advices that have no answer yet.
     *
     *  @return whether all have one now */
    private boolean forward() {
        for (BankTransaction open : journal.listOpen()) {
            Optional<WorkingKeys> working = findKeys();
            if (working.isEmpty() || hear(open, dialogue.ask(open.kept(), working.get().mac())).state().isOpen()) {
                return false;
            }
        }
        return true;
    }

    /** Sends a reversal, once, or twice if the first only showed that a sign-on was due.
     *
     *  @return the transaction as it stands then */
    private BankTransaction reverse(BankTransaction transaction) {
        BankTransaction once = reverseOnce(transaction);
        return once.state() == BankState.REVERSING && signOnDue ? reverseOnce(once) : once;
    }

    private BankTransaction reverseOnce(BankTransaction transaction) {
        // The reversal of a wrong MAC goes before the sign-on that it calls for; without any keys there is no MAC to send.
        Optional<WorkingKeys> working = keys != null && transaction.progress().tries() == 0 ? Optional.of(keys) : findKeys();
        if (working.isEmpty()) {
            return transaction;
        }
        Reply reply = dialogue.ask(messages.reversal(transaction), working.get().mac());
        return switch (reply) {
            case Reply.Unreached none -> transaction;
            case Reply.Silence none -> tried(transaction);
            case Reply.Unreadable none -> tried(transaction);
            case Reply.Forged none -> {
                signOnDue = true;
                yield tried(transaction);
            }
            case Reply.Answer answer -> {
                heed(answer);
                yield hearReversal(transaction, ResponseCode.of(answer.message()));
            }
        };
    }

    private BankTransaction hearReversal(BankTransaction transaction, ResponseCode code) {
        if (code.equals(ResponseCode.APPROVED)) {
            return write(transaction.ended(BankState.REVERSED));
        }
        if (code.equals(ResponseCode.ORIGINAL_NOT_FOUND) || code.equals(ResponseCode.INVALID_TRANSACTION)) {
            boolean anEarlierTryMayHaveArrived = transaction.progress().tries() > 0;
            return write(transaction.ended(anEarlierTryMayHaveArrived ? BankState.REVERSED : BankState.CASE));
        }
        return tried(transaction);
    }

    private BankTransaction tried(BankTransaction transaction) {
        BankTransaction next = write(transaction.triedOnce(settings.patience().reversalTries()));
        if (next.state() == BankState.CASE) {
            LOG.error("bank transaction {} of terminal {} could not be reversed: a case", next.leg(), settings.identity().terminal());
        }
        return next;
    }

    private BankTransaction write(BankTransaction transaction) {
        journal.change(transaction);
        return transaction;
    }

    /** Does what else an answer asks for. */
    private void heed(Reply.Answer answer) {
        signOnDue |= answer.requirement() == ProcessingRequirement.SIGN_ON_AGAIN
                || answer.message().findText(39).map(ResponseCode::new).filter(ResponseCode::asksToSignOn).isPresent();
    }

    /** The working keys, after a sign-on if one is due. */
    private Optional<WorkingKeys> findKeys() {
        if (signOnDue) {
            signOnNow();
        }
        return signOnDue ? Optional.empty() : Optional.ofNullable(keys);
    }

    private void signOnNow() {
        Reply reply = dialogue.ask(messages.signOn(journal.nextTrace(), journal.batch()));
        if (!(reply instanceof Reply.Answer answer) || !isApproved(reply)) {
            LOG.warn("terminal {} could not sign on", settings.identity().terminal());
            return;
        }
        try {
            keys = masterKey.open(settings.security().signOn(), answer.message().findBytes(Field62.NUMBER).orElse(new byte[0]));
            journal.openBatch(Field60.of(answer.message()).batch());
            signOnDue = false;
        } catch (KeysUnavailable | MalformedMessage e) {
            LOG.warn("terminal {} cannot use what its sign-on brought: {}", settings.identity().terminal(), e.getMessage());
        }
    }

    /** Signs off. Heard or not, the next message comes after a sign-on, which says which batch is open. */
    private boolean signOffNow() {
        signOnDue = true;
        return isApproved(dialogue.ask(messages.signOff(journal.nextTrace(), journal.batch())));
    }

    private static boolean isApproved(Reply reply) {
        return reply instanceof Reply.Answer answer && ResponseCode.of(answer.message()).isApproval();
    }
}
