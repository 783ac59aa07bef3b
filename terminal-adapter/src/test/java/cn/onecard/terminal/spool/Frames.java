package cn.onecard.terminal.spool;

import cn.onecard.vocabulary.CardCounter;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.CardFace;
import cn.onecard.wire.Debit;
import cn.onecard.wire.Ride;
import cn.onecard.wire.TapFrame;
import java.time.LocalDateTime;

/** Well-formed frames that differ in their keys. */
public final class Frames {
    private Frames() {}

    /** A paid tap with some TAC. */
    public static TapFrame paid(long psam, long seq) {
        return frame(psam, seq, new Tac(0x1234_5678), false);
    }

    /** The same tap with its outcome unknown. */
    public static TapFrame grey(long psam, long seq) {
        return frame(psam, seq, Tac.NONE, true);
    }

    private static TapFrame frame(long psam, long seq, Tac tac, boolean grey) {
        CardFace card = new CardFace(CardNo.ofDigits("31047100000000%06d".formatted(seq % 1_000_000)), 1, 1, 0x0104_7100_0000_0000L, 0x4710, 1, 0);
        Debit debit = new Debit(Debit.COMPOSITE, Money.ofFen(200), new CardCounter((int) (seq & 0xFFFF)), Money.ofFen(5000),
                EventTime.of(LocalDateTime.of(2026, 11, 24, 8, 0, 1)), tac, grey, false);
        Ride ride = new Ride(new PartyId(101), 1, 12, 3, 1, Money.ofFen(200), 1);
        return new TapFrame(new TapKey(new TerminalId(psam), seq), card, debit, ride, seq);
    }
}
