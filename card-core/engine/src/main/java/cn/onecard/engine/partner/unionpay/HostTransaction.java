package cn.onecard.engine.partner.unionpay;

import cn.onecard.engine.rail.iso8583.Message;
import cn.onecard.engine.rail.iso8583.PosTransaction;
import cn.onecard.engine.rail.iso8583.ResponseCode;
import cn.onecard.vocabulary.Money;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A transaction as the host keeps it. Guarded by the {@link BankHost} that it belongs to. */
final class HostTransaction {
    /** How it stands. */
    enum State {
        NORMAL, REVERSED, VOIDED, CANCELLED, COMPLETED
    }

    private final PosTransaction kind;
    private final Message request;
    private final Money amount;
    private final ResponseCode code;
    private final String reference;
    private final LocalDate day;
    private State state = State.NORMAL;
    private Money refunded = Money.ZERO;
    private Money balanceChange = Money.ZERO;
    private Money heldChange = Money.ZERO;
    /** What it voided, cancelled, completed or refunded. */
    private @Nullable HostTransaction original;
    /** How the original stood before. */
    private State originalState = State.NORMAL;

    HostTransaction(PosTransaction kind, Message request, ResponseCode code, String reference, LocalDate day) {
        this.kind = kind;
        this.request = request;
        this.amount = request.findMoney(4).orElse(Money.ZERO);
        this.code = code;
        this.reference = reference;
        this.day = day;
    }

    /** Notes what it did to the account of its card. */
    void did(HostAccount account, Money onBalance, Money onHeld) {
        account.move(onBalance, onHeld);
        balanceChange = onBalance;
        heldChange = onHeld;
    }

    /** Notes what it did to another transaction. */
    void did(HostTransaction toOriginal, State newState) {
        original = toOriginal;
        originalState = toOriginal.state;
        toOriginal.state = newState;
        if (kind == PosTransaction.REFUND) {
            toOriginal.refunded = toOriginal.refunded.plus(amount);
        }
    }

    /** Undoes it all. */
    void reverse(HostAccount account) {
        account.move(balanceChange.negated(), heldChange.negated());
        state = State.REVERSED;
        HostTransaction undone = original;
        if (undone != null) {
            undone.state = originalState;
            undone.refunded = kind == PosTransaction.REFUND ? undone.refunded.minus(amount) : undone.refunded;
        }
    }

    PosTransaction kind() {
        return kind;
    }

    Message request() {
        return request;
    }

    String pan() {
        return request.text(2);
    }

    Money amount() {
        return amount;
    }

    ResponseCode code() {
        return code;
    }

    boolean isApproved() {
        return code.isApproval();
    }

    /** Field 37 of its answer; its last six digits are the authorisation code. */
    String reference() {
        return reference;
    }

    String authorisation() {
        return reference.substring(reference.length() - 6);
    }

    LocalDate day() {
        return day;
    }

    State state() {
        return state;
    }

    Money refunded() {
        return refunded;
    }

    Optional<HostTransaction> findOriginal() {
        return Optional.ofNullable(original);
    }
}
