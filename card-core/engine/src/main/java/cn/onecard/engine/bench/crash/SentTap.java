package cn.onecard.engine.bench.crash;

import cn.onecard.vocabulary.Refusal;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.wire.TapCodec;
import cn.onecard.wire.TapFrame;
import cn.onecard.wire.proto.Outcome;
import cn.onecard.wire.proto.Tap;
import cn.onecard.wire.proto.TapAck;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** A tap that was sent, and what must become of it. On the event loop while taps are sent, afterwards with whoever checks. */
final class SentTap {
    private final Kind kind;
    private final TapKey key;
    private final String digest;
    private final long amountFen;
    private final Tally tally;
    private int sends;
    private int rows;

    private SentTap(Kind kind, TapKey key, String digest, long amountFen, Tally tally) {
        this.kind = kind;
        this.key = key;
        this.digest = digest;
        this.amountFen = amountFen;
        this.tally = tally;
    }

    /** What is sent, and how it must be answered. */
    enum Kind {
        /** A tap that must be in the journal, once. */
        TRUE(Outcome.ACCEPTED, 0),
        /** A proven tap under the key of an earlier one. */
        CONFLICTING(Outcome.CONFLICT, Refusal.KEY_CONFLICT.code()),
        /** A tap with a TAC that is not the card's. */
        FORGED(Outcome.FORGED, Refusal.TAC_WRONG.code()),
        /** A message that is no tap. */
        MALFORMED(Outcome.MALFORMED, Refusal.MALFORMED.code());

        private final Outcome outcome;
        private final int reason;

        Kind(Outcome outcome, int reason) {
            this.outcome = outcome;
            this.reason = reason;
        }

        int reason() {
            return reason;
        }
    }

    /** A tap that must be booked. */
    static SentTap proven(TapFrame frame, Tally tally) {
        return new SentTap(Kind.TRUE, frame.key(), HexFormat.of().formatHex(frame.digest()), frame.debit().amount().fen(), tally);
    }

    /** A tap that must not be booked but kept as evidence.
     *
     *  @param amountFen the amount that the evidence must name */
    static SentTap refused(Kind kind, Tap message, long amountFen, Tally tally) {
        return new SentTap(kind, TapCodec.key(message), evidenceDigest(message), amountFen, tally);
    }

    Kind kind() {
        return kind;
    }

    TapKey key() {
        return key;
    }

    /** Hexadecimal: of the frame if the tap is true, else of the message. */
    String digest() {
        return digest;
    }

    long amountFen() {
        return amountFen;
    }

    Tally tally() {
        return tally;
    }

    /** It went out, for the first time or again. */
    void sent() {
        sends++;
    }

    /** A row of it was found. */
    void found() {
        rows++;
    }

    /** How many rows were found. */
    int rows() {
        return rows;
    }

    /** What is wrong with an answer; empty if nothing is. A true tap that went out more than once may be known already. */
    Optional<String> complaint(TapAck ack) {
        if (ack.getPsamNo() != key.terminal().value() || Integer.toUnsignedLong(ack.getPsamSeq()) != key.psamSeq()) {
            return Optional.of("tap " + key + " got the answer to another one");
        }
        boolean known = kind == Kind.TRUE && sends > 1 && ack.getOutcome() == Outcome.DUPLICATE;
        if (!known && (ack.getOutcome() != kind.outcome || ack.getReason() != kind.reason)) {
            return Optional.of("tap " + key + ", " + kind + ", was answered " + ack.getOutcome() + ", reason " + ack.getReason());
        }
        return Optional.empty();
    }

    private static String evidenceDigest(Tap message) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(message.toByteArray());
            return HexFormat.of().formatHex(digest, 0, TapFrame.DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
