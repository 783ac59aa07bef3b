package cn.onecard.terminal.card;

import cn.onecard.vocabulary.CardNo;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The public file of a card (公共应用信息), most often 0015. How it lies differs from family to family and is data [1]:
 *
 *  <pre>
 *  off  T-Union             PBOC                 住建部
 *   0   issuer id 8         issuer id 8          issuer 2 | city 2 | industry 2 | reserved 2
 *   8   application type 1  application type 1   enable flag 1
 *   9   enable flag 1       version 1            version 1
 *  10   card number 10      ASN 10               interconnect 2 | ASN8 8
 *  20   start date 4        start date 4         start date 4
 *  24   end date 4          end date 4           end date 4
 *  28   FCI data 2          FCI data 2           card type 1 | sub-type 1
 *  </pre>
 *  [1] {@code families.json}, from the chip manual and from what readers of these cards do.
 *
 *  @param issuerId eight bytes as a number, or 0 where the family has none
 *  @param enabled whether the purse may be used
 *  @param cardNo the card number; where a card has fewer digits than twenty the first ones are 0
 *  @param city of the layouts that have one, else empty: file 0017 has it
 *  @param cardClass of the layouts that have one, else empty: file 0016 has it
 *  @param validFrom first day, or empty if the bytes are no date
 *  @param validTo last day, or empty if the bytes are no date */
public record PublicData(long issuerId, boolean enabled, CardNo cardNo, Optional<Integer> city, Optional<Integer> cardClass,
        Optional<LocalDate> validFrom, Optional<LocalDate> validTo) {
    private static final int CARD_NUMBER_DIGITS = 20;

    /** How the bytes lie; offsets count from 0.
     *
     *  @param length of the part that we know
     *  @param number the card number
     *  @param issuer eight bytes, if there are any
     *  @param enabled what must be so if the purse may be used
     *  @param validFrom four bytes BCD
     *  @param validTo four bytes BCD
     *  @param city two bytes, if there are any
     *  @param cardClass one byte, if there is one */
    public record Layout(int length, NumberField number, OptionalInt issuer, List<Mark> enabled, int validFrom, int validTo, OptionalInt city,
            OptionalInt cardClass) {
        public Layout {
            enabled = List.copyOf(enabled);
        }
    }

    /** Where the card number lies.
     *
     *  @param bytes up to 10 of {@link Digits#BCD}, up to 7 of the others */
    public record NumberField(int at, int bytes, Digits as) {}

    /** How a card number is written. */
    public enum Digits { BCD, BIG_ENDIAN, LITTLE_ENDIAN }

    /** A byte that must have a value. */
    public record Mark(int at, int is) {}

    static PublicData parse(byte[] file, Layout layout) throws CardRefused {
        if (file.length < layout.length()) {
            throw CardRefused.unreadable("public file", file.length + " bytes instead of " + layout.length());
        }
        ByteBuffer b = ByteBuffer.wrap(file);
        boolean enabled = layout.enabled().stream().allMatch(mark -> (file[mark.at()] & 0xFF) == mark.is());
        return new PublicData(layout.issuer().isPresent() ? b.getLong(layout.issuer().getAsInt()) : 0, enabled, cardNo(file, layout.number()),
                layout.city().isPresent() ? Optional.of(b.getShort(layout.city().getAsInt()) & 0xFFFF) : Optional.empty(),
                layout.cardClass().isPresent() ? Optional.of(file[layout.cardClass().getAsInt()] & 0xFF) : Optional.empty(),
                date(b.getInt(layout.validFrom())), date(b.getInt(layout.validTo())));
    }

    private static CardNo cardNo(byte[] file, NumberField number) throws CardRefused {
        byte[] bytes = Arrays.copyOfRange(file, number.at(), number.at() + number.bytes());
        String digits = switch (number.as()) {
            case BCD -> HexFormat.of().formatHex(bytes);
            case BIG_ENDIAN -> new BigInteger(1, bytes).toString();
            case LITTLE_ENDIAN -> new BigInteger(1, reversed(bytes)).toString();
        };
        try {
            return CardNo.ofDigits("0".repeat(CARD_NUMBER_DIGITS - digits.length()) + digits);
        } catch (IllegalArgumentException noNumber) {
            throw CardRefused.unreadable("public file", "no card number");
        }
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    /** Whether a day lies within the validity, both ends included. Without two readable dates none does. */
    public boolean isValidOn(LocalDate day) {
        return validFrom.isPresent() && validTo.isPresent() && !day.isBefore(validFrom.get()) && !day.isAfter(validTo.get());
    }

    private static Optional<LocalDate> date(int bcd) {
        try {
            return Optional.of(LocalDate.of(digits(bcd >>> 16), digits(bcd >>> 8 & 0xFF), digits(bcd & 0xFF)));
        } catch (DateTimeException | NumberFormatException noDate) {
            return Optional.empty();
        }
    }

    private static int digits(int bcd) {
        return Integer.parseInt(Integer.toHexString(bcd));
    }
}
