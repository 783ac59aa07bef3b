package cn.onecard.vocabulary;

import java.util.Optional;

/** The concession class of a card (卡种, file 0017 byte 10). The code is what cards, frames and rows carry. */
public enum CardKind {
    /** Ordinary (普通卡). */
    ORDINARY(1),
    /** Student (学生卡). */
    STUDENT(2),
    /** Senior (老年卡). */
    SENIOR(3),
    /** Test (测试卡). */
    TEST(4),
    /** Military (军人卡). */
    MILITARY(5);

    private final int code;

    CardKind(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The kind of that code, or empty if there is none. */
    public static Optional<CardKind> findByCode(int code) {
        return switch (code) {
            case 1 -> Optional.of(ORDINARY);
            case 2 -> Optional.of(STUDENT);
            case 3 -> Optional.of(SENIOR);
            case 4 -> Optional.of(TEST);
            case 5 -> Optional.of(MILITARY);
            default -> Optional.empty();
        };
    }
}
