package cn.onecard.terminal.card;

import cn.onecard.vocabulary.CardNo;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** File 0015 (公共应用信息), 30 bytes, in one of three layouts:
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
 *  @param issuerId eight bytes as a number
 *  @param enabled whether the purse may be used
 *  @param cardNo the card number; a 住建部 card has eight bytes only, the first four digits are 0000
 *  @param city of the 住建部 layout only, else empty: file 0017 has it
 *  @param cardClass of the 住建部 layout only, else empty: file 0016 has it
 *  @param validFrom first day, or empty if the bytes are no date
 *  @param validTo last day, or empty if the bytes are no date */
public record PublicData(long issuerId, boolean enabled, CardNo cardNo, Optional<Integer> city, Optional<Integer> cardClass,
        Optional<LocalDate> validFrom, Optional<LocalDate> validTo) {
    static final int BYTES = 30;
    private static final int EP_PERSONALISED = 0x02;
    private static final int ENABLED = 0x01;

    /** How the bytes lie. */
    public enum Layout {
        /** 交通联合. */
        T_UNION,
        /** The chip manual's own. */
        PBOC,
        /** 住建部互联互通. */
        MOHURD
    }

    static PublicData parse(byte[] file, Layout layout) throws CardRefused {
        if (file.length < BYTES) {
            throw CardRefused.unreadable("file 0015", file.length + " bytes instead of " + BYTES);
        }
        ByteBuffer b = ByteBuffer.wrap(file);
        Optional<LocalDate> from = date(b.getInt(20));
        Optional<LocalDate> to = date(b.getInt(24));
        boolean mohurd = layout == Layout.MOHURD;
        boolean enabled = switch (layout) {
            case T_UNION -> file[8] == EP_PERSONALISED && file[9] == ENABLED;
            case PBOC -> true;
            case MOHURD -> file[8] == ENABLED;
        };
        try {
            CardNo number = new CardNo(mohurd ? 0 : b.getShort(10) & 0xFFFF, b.getLong(12));
            return new PublicData(b.getLong(0), enabled, number, mohurd ? Optional.of(b.getShort(2) & 0xFFFF) : Optional.empty(),
                    mohurd ? Optional.of(file[28] & 0xFF) : Optional.empty(), from, to);
        } catch (IllegalArgumentException noNumber) {
            throw CardRefused.unreadable("file 0015", "no card number");
        }
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
