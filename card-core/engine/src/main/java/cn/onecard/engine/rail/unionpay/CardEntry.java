package cn.onecard.engine.rail.unionpay;

import cn.onecard.engine.key.PinKey;
import cn.onecard.engine.rail.iso8583.Pan;
import cn.onecard.engine.rail.tlv.Tlv;
import java.util.List;
import java.util.Optional;

/** What was read of a bank card. {@link #toString()} shows the masked number alone. Tracks and PIN blocks go into one request and
 *  are kept nowhere.
 *
 *  @param pan the card
 *  @param mode the first two digits of field 22: 01 by hand, 02 stripe, 05 chip, 07 contactless ...
 *  @param face what is printed or on the stripe
 *  @param chip the objects of field 55; none without a chip
 *  @param pin the PIN block, if one was typed */
public record CardEntry(Pan pan, String mode, Face face, List<Tlv> chip, Optional<Pin> pin) {
    /** What is printed or on the stripe.
     *
     *  @param expiry YYMM, if it is known
     *  @param sequence three digits, if the chip says them
     *  @param track2 if it was read */
    public record Face(Optional<String> expiry, Optional<String> sequence, Optional<String> track2) {
        /** Nothing is known. */
        public static final Face UNKNOWN = new Face(Optional.empty(), Optional.empty(), Optional.empty());

        @Override
        public String toString() {
            return "face";
        }
    }

    /** A PIN as it came from a PIN pad. */
    public static final class Pin {
        private final byte[] block;
        private final PinKey key;

        /** @param block enciphered
         *  @param key under this key */
        public Pin(byte[] block, PinKey key) {
            this.block = block.clone();
            this.key = key;
        }

        /** The block under another key, if it holds a PIN of that card. */
        Optional<byte[]> under(PinKey other, Pan pan) {
            return key.translate(block, pan.digits(), other);
        }

        @Override
        public String toString() {
            return "PIN";
        }
    }

    public CardEntry {
        if (!mode.matches("[0-9]{2}")) {
            throw new IllegalArgumentException("an entry mode has two digits");
        }
        chip = List.copyOf(chip);
    }

    /** A card of which the number alone is known: of an earlier transaction that is voided or refunded. */
    public static CardEntry byHand(Pan pan) {
        return new CardEntry(pan, "01", Face.UNKNOWN, List.of(), Optional.empty());
    }

    /** Field 22: the mode, and 1 with a PIN, 2 without. */
    String entryMode() {
        return mode + (pin.isPresent() ? "1" : "2");
    }

    /** Field 60.4. */
    String readingCapability() {
        return switch (mode) {
            case "07", "91", "96", "98" -> "6";
            case "01", "02", "05" -> "5";
            default -> "0";
        };
    }

    @Override
    public String toString() {
        return "card " + pan;
    }
}
