package cn.onecard.engine.verify;

import cn.onecard.vocabulary.Algorithm;
import java.util.Optional;

/** The algorithm byte that INIT answers, as cards in the field use it: 00 and 01 on 3DES cards, 02 on SM4 cards. No standard
 *  fixes it; so it is compared with the register, and decides the cipher only of a card that is in no register. */
public final class AlgorithmByte {
    private AlgorithmByte() {}

    /** The cipher that the byte stands for, or empty if it is in no use. */
    public static Optional<Algorithm> findAlgorithm(int value) {
        return switch (value) {
            case 0, 1 -> Optional.of(Algorithm.TDES);
            case 2 -> Optional.of(Algorithm.SM4);
            default -> Optional.empty();
        };
    }
}
