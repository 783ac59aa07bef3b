package cn.onecard.vocabulary;

import java.util.Optional;

/** What a card was used for (行业). The code is what frames and rows carry. */
public enum ServiceCode {
    /** Bus (公交). */
    BUS(1),
    /** Metro (地铁). */
    METRO(2);

    private final int code;

    ServiceCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The service of that code, or empty if there is none. */
    public static Optional<ServiceCode> findByCode(int code) {
        return switch (code) {
            case 1 -> Optional.of(BUS);
            case 2 -> Optional.of(METRO);
            default -> Optional.empty();
        };
    }
}
