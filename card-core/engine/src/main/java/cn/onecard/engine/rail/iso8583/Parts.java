package cn.onecard.engine.rail.iso8583;

import cn.onecard.vocabulary.Money;

/** Cuts a field's text into parts of fixed width, from the left. */
final class Parts {
    private final int field;
    private final String text;
    private int at;

    /** The text of a field of a message. */
    Parts(Message message, int field) {
        this(field, message.text(field));
    }

    Parts(int field, String text) {
        this.field = field;
        this.text = text;
    }

    /** The next part.
     *
     *  @throws MalformedMessage if less is left */
    String next(int width) {
        if (left() < width) {
            throw broken();
        }
        at += width;
        return text.substring(at - width, at);
    }

    /** The next part, of digits. */
    int number(int width) {
        return Math.toIntExact(fen(width).fen());
    }

    /** The next part, of digits, in fen. */
    Money fen(int width) {
        String digits = next(width);
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw broken();
        }
        return Money.ofFen(Long.parseLong(digits));
    }

    /** What is left. */
    String rest() {
        return next(left());
    }

    int left() {
        return text.length() - at;
    }

    /** Throws unless nothing is left. */
    void end() {
        if (left() > 0) {
            throw broken();
        }
    }

    MalformedMessage broken() {
        return new MalformedMessage(field, Fault.PARTS);
    }
}
