package cn.onecard.engine.partner.unionpay;

import cn.onecard.vocabulary.Money;

/** A bank card's account at the host. Guarded by the {@link BankHost} that it belongs to. */
final class HostAccount {
    private final String pin;
    /** What is on it. */
    private Money balance;
    /** What of it is kept for pre-authorisations. */
    private Money held = Money.ZERO;

    HostAccount(String pin, Money balance) {
        this.pin = pin;
        this.balance = balance;
    }

    String pin() {
        return pin;
    }

    Money balance() {
        return balance;
    }

    Money held() {
        return held;
    }

    Money available() {
        return balance.minus(held);
    }

    void move(Money balanceChange, Money heldChange) {
        balance = balance.plus(balanceChange);
        held = held.plus(heldChange);
    }
}
