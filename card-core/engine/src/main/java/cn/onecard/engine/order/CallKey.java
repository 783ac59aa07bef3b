package cn.onecard.engine.order;

/** Who asks, and the key by which the same request is known again (幂等键). A caller's key is used for one request alone.
 *
 *  @param caller 1 to 64 characters
 *  @param key 1 to 64 characters, chosen by the caller */
public record CallKey(String caller, String key) {
    private static final int LONGEST = 64;
    /** Begins the names that only the house itself bears. */
    private static final String HOUSE = "house:";

    public CallKey {
        require(caller, "a caller's name");
        require(key, "an idempotency key");
    }

    /** The key of a caller from outside, who cannot pretend to be the house.
     *
     *  @throws IllegalArgumentException if the name or the key is none */
    public static CallKey ofCaller(String caller, String key) {
        if (caller.startsWith(HOUSE)) {
            throw new IllegalArgumentException("no caller may call itself " + HOUSE);
        }
        return new CallKey(caller, key);
    }

    /** The key of a part of the house, which may change any order. */
    public static CallKey ofHouse(String part, String key) {
        return new CallKey(HOUSE + part, key);
    }

    /** Whether this caller may change an order that another made. */
    boolean mayChangeOrdersOf(String owner) {
        return caller.equals(owner) || caller.startsWith(HOUSE);
    }

    private static void require(String text, String what) {
        if (text.isEmpty() || text.length() > LONGEST || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException(what + " has 1 to " + LONGEST + " visible ASCII characters");
        }
    }
}
