package cn.onecard.engine.rail.utility;

import cn.onecard.vocabulary.Money;
import java.time.Instant;
import java.time.LocalDate;

/** A bill, as the biller named it in answer to a query.
 *
 *  @param billRef by which the biller knows it again, 1 to 40 characters
 *  @param period what it is for, in the biller's words
 *  @param amount without the late fee
 *  @param lateFee what is to be paid on top
 *  @param due until when
 *  @param quote until when it holds, and what has to go back with a payment */
public record Bill(String billRef, String period, Money amount, Money lateFee, LocalDate due, Quote quote) {
    private static final int LONGEST_REFERENCE = 40;

    public Bill {
        if (billRef.isEmpty() || billRef.length() > LONGEST_REFERENCE || amount.isNegative() || lateFee.isNegative()) {
            throw new IllegalArgumentException("a bill has a reference, and no negative amount");
        }
    }

    /** What a biller gave along with a bill.
     *
     *  @param expiresAt from then on the bill is to be asked for again, and not paid
     *  @param echo goes back with the payment, byte for byte */
    @SuppressWarnings("ArrayRecordComponent")      // bytes as they came; never compared
    public record Quote(Instant expiresAt, byte[] echo) {
        public Quote {
            echo = echo.clone();
        }

        @Override
        public byte[] echo() {
            return echo.clone();
        }
    }

    /** All that is to be paid. */
    public Money total() {
        return amount.plus(lateFee);
    }

    /** Whether it may still be paid as it was named. */
    public boolean holdsAt(Instant now) {
        return now.isBefore(quote.expiresAt());
    }

    @Override
    public String toString() {
        return "bill " + billRef + " of " + total();
    }
}
