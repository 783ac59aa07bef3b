package cn.onecard.vocabulary;

/** The off-line counter of a purse (脱机交易序号) as INIT returned it, before the debit adds one.
 *
 *  @param value 0 to 65535 */
public record CardCounter(int value) {
    public CardCounter {
        if (value < 0 || value > 0xFFFF) {
            throw new IllegalArgumentException("a card counter has two bytes: " + value);
        }
    }
}
