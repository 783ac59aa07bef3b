package cn.onecard.vocabulary;

import java.util.Optional;

/** Which part of a ride a tap is. The code is what frames and rows carry. */
public enum RideKind {
    /** The whole ride in one tap (一票制). */
    SINGLE(1),
    /** Boarding or metro entry (进站): usually for nothing. */
    ENTRY(2),
    /** Alighting or metro exit (出站): the fare is paid here. */
    EXIT(3);

    private final int code;

    RideKind(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The kind of that code, or empty if there is none. */
    public static Optional<RideKind> findByCode(int code) {
        return switch (code) {
            case 1 -> Optional.of(SINGLE);
            case 2 -> Optional.of(ENTRY);
            case 3 -> Optional.of(EXIT);
            default -> Optional.empty();
        };
    }
}
