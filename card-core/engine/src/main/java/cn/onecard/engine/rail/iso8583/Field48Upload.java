package cn.onecard.engine.rail.iso8583;

import cn.onecard.vocabulary.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Field 48 of a batch upload, 0320 with management code 201: a count of two digits, then up to eight transactions of 40 digits.
 *
 *  @param items in the terminal's order */
public record Field48Upload(List<Item> items) {
    private static final int MAX_ITEMS = 8;

    /** One transaction: {@code card kind 2, trace 6, PAN 20 with zeros in front, amount 12}.
     *
     *  @param foreign whether the card is a foreign one
     *  @param trace the terminal's number of the transaction
     *  @param pan the card
     *  @param amount in fen */
    public record Item(boolean foreign, int trace, Pan pan, Money amount) {
        private static Item of(Parts parts) {
            int kind = parts.number(2);
            int trace = parts.number(6);
            String padded = parts.next(20);
            String digits = padded.replaceFirst("^0+", "");
            if (kind > 1 || digits.length() < 13 || digits.length() > 19) {
                throw parts.broken();
            }
            return new Item(kind == 1, trace, new Pan(digits), parts.fen(12));
        }

        private String text() {
            return (foreign ? "01" : "00") + Message.digits(48, trace, 6) + "0".repeat(20 - pan.digits().length()) + pan.digits()
                    + Message.digits(48, amount.fen(), 12);
        }
    }

    public Field48Upload {
        items = List.copyOf(items);
        if (items.size() > MAX_ITEMS) {
            throw new MalformedMessage(48, Fault.LENGTH);
        }
    }

    /** Of a message.
     *
     *  @throws MalformedMessage if its parts do not lie so */
    public static Field48Upload of(Message message) {
        Parts parts = new Parts(message, 48);
        int count = parts.number(2);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(Item.of(parts));
        }
        parts.end();
        return new Field48Upload(items);
    }

    /** How many transactions were uploaded, as the end of an upload says (management code 202 or 207): four digits.
     *
     *  @throws MalformedMessage if it does not */
    public static int uploaded(Message end) {
        Parts parts = new Parts(end, 48);
        int count = parts.number(4);
        parts.end();
        return count;
    }

    /** The field at the end of an upload. */
    public static String textOfEnd(int uploaded) {
        return Message.digits(48, uploaded, 4);
    }

    /** The field. */
    public String text() {
        return Message.digits(48, items.size(), 2) + items.stream().map(Item::text).collect(Collectors.joining());
    }
}
