package cn.onecard.vocabulary;

import java.util.Locale;

/** The cipher a card's keys are made for. It follows from the card's profile, never from the algorithm byte that INIT
 *  answers. The code is what rows carry. */
public enum Algorithm {
    /** Two-key triple DES with 16-byte keys. */
    TDES(1),
    /** SM4 (GB/T 32907) with 16-byte keys. */
    SM4(2);

    private final int code;

    Algorithm(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The algorithm of that code.
     *
     *  @throws IllegalArgumentException if there is none */
    public static Algorithm byCode(int code) {
        return switch (code) {
            case 1 -> TDES;
            case 2 -> SM4;
            default -> throw new IllegalArgumentException("no algorithm has code " + code);
        };
    }

    /** The algorithm by its name, in any case. */
    public static Algorithm parse(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
