package cn.onecard.engine.rail.iso8583;

/** A bank card's number (PAN, 主账号), 13 to 19 digits; not a card number of ours. {@link #toString()} is masked.
 *
 *  @param digits all of them, in clear */
public record Pan(String digits) {
    public Pan {
        if (!digits.matches("[1-9][0-9]{12,18}")) {
            throw new IllegalArgumentException("a PAN has 13 to 19 digits, the first not 0");
        }
    }

    /** The number of these digits and the check digit after them (Luhn, ISO/IEC 7812-1). */
    public static Pan withCheckDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(digits.length() - 1 - i), 10);
            int weighed = i % 2 == 0 ? 2 * digit : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return new Pan(digits + (10 - sum % 10) % 10);
    }

    /** The first six and the last four digits. */
    public String masked() {
        return masked(digits);
    }

    /** The first six and the last four of any digits; of ten or fewer, none. */
    static String masked(String digits) {
        int hidden = digits.length() - 10;
        return hidden <= 0 ? "*".repeat(digits.length()) : digits.substring(0, 6) + "*".repeat(hidden) + digits.substring(6 + hidden);
    }

    @Override
    public String toString() {
        return masked();
    }
}
