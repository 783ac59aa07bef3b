package cn.onecard.engine.order;

import cn.onecard.vocabulary.CardNo;
import java.util.Comparator;

/** What tells an account from others: whose, and of what kind. A card has at most one of each kind. */
public record AccountId(CardNo cardNo, AccountKind kind) implements Comparable<AccountId> {
    private static final Comparator<AccountId> KEY_ORDER = Comparator.comparing(AccountId::cardNo).thenComparing(AccountId::kind);

    /** The order of the primary key. */
    @Override
    public int compareTo(AccountId other) {
        return KEY_ORDER.compare(this, other);
    }
}
