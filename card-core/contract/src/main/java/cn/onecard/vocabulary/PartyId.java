package cn.onecard.vocabulary;

/** A party to settlement (结算方): an operator, a merchant, the card company, the city fund.
 *
 *  @param value 1 to 2^31-1 */
public record PartyId(int value) implements Comparable<PartyId> {
    public PartyId {
        if (value < 1) {
            throw new IllegalArgumentException("a party number is positive: " + value);
        }
    }

    @Override
    public int compareTo(PartyId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
