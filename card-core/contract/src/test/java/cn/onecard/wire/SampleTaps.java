package cn.onecard.wire;

import cn.onecard.vocabulary.CardCounter;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import java.util.Random;

/** Taps for the tests of this room: one with a value of its own in every field, and random ones over the whole range. */
final class SampleTaps {
    private SampleTaps() {}

    /** No two fields hold the same bytes, and every field is away from its default. */
    static TapFrame full() {
        return new TapFrame(
                new TapKey(TerminalId.ofHex("F10203040506"), 0x8112_1314L),
                new CardFace(CardNo.ofDigits("31012345678901234567"), 0xC1, 0x03, 0x0102_0304_FFFF_FFFEL, 0x2902, 0xB1, 0xA1),
                new Debit(Debit.COMPOSITE, Money.ofFen(0xC2), new CardCounter(0xFFFE), Money.ofFen(0xF000_0001L),
                        new EventTime(0x20250102030405L), new Tac(0x8AF2_70DC), true, true),
                new Ride(new PartyId(0x1122_3344), 0x02, 0x0A0B_0C0D, 0x1A1B_1C1D, 0x03, Money.ofFen(0xE1E2_E3E4L), 0x2A2B_2C2D),
                0xD1D2_D3D4L);
    }

    /** Everything at its lowest: what proto3 leaves out of the bytes. */
    static TapFrame least() {
        return new TapFrame(new TapKey(new TerminalId(0), 0), new CardFace(new CardNo(0, 0), 0, 0, 0, 0, 0, 0),
                new Debit(0, Money.ZERO, new CardCounter(0), Money.ZERO, new EventTime(0), Tac.NONE, false, false),
                new Ride(new PartyId(1), 0, 0, 0, 0, Money.ZERO, 0), 0);
    }

    static TapFrame random(Random random) {
        return new TapFrame(
                new TapKey(new TerminalId(random.nextLong(1L << 48)), random.nextLong(1L << 32)),
                new CardFace(CardNo.ofDigits(digits(random)), random.nextInt(256), random.nextInt(256), random.nextLong(),
                        random.nextInt(0x10000), random.nextInt(256), random.nextInt(256)),
                new Debit(random.nextInt(256), Money.ofFen(random.nextLong(1L << 32)), new CardCounter(random.nextInt(0x10000)),
                        Money.ofFen(random.nextLong(1L << 32)), new EventTime(random.nextLong(1L << 56)), new Tac(random.nextInt()),
                        random.nextBoolean(), random.nextBoolean()),
                new Ride(new PartyId(1 + random.nextInt(Integer.MAX_VALUE)), random.nextInt(256), random.nextInt() >>> 1,
                        random.nextInt() >>> 1, random.nextInt(256), Money.ofFen(random.nextLong(1L << 32)), random.nextInt() >>> 1),
                random.nextLong(1L << 32));
    }

    private static String digits(Random random) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }
}
