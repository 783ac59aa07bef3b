package cn.onecard.engine.bench.crash;

import cn.onecard.engine.bench.BenchCity;
import cn.onecard.engine.bench.TapMill;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.TapCodec;
import cn.onecard.wire.TapFrame;
import cn.onecard.wire.proto.Tap;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes the batches of one gateway on a bad day: most taps are true, some are forged, some are no taps, and some contradict an
 *  earlier one of the same gateway. From a seed; not thread-safe. */
final class RoughMill {
    static final int TAPS = 100;
    private static final int RUN_OF_A_TERMINAL = 20;
    private static final int FORGED_PERCENT = 1;
    private static final int MALFORMED_PERCENT = 1;
    private static final int CONFLICTING_PERCENT = 2;
    /** True taps that may still be contradicted. */
    private static final int REMEMBERED = 1_000;

    private final TapMill mill;
    private final BenchCity city;
    private final int gateway;
    private final SplittableRandom random;
    private final List<TapFrame> remembered = new ArrayList<>();

    RoughMill(TapMill mill, BenchCity city, int gateway, SplittableRandom random) {
        this.mill = mill;
        this.city = city;
        this.gateway = gateway;
        this.random = random;
    }

    /** A message and what must become of it. */
    private record Made(Tap message, SentTap tap) {}

    /** The next batch, written down as sent.
     *
     *  @param tally the phase that it is sent in */
    SentBatch next(SentTaps sent, Tally tally) {
        List<Tap> messages = new ArrayList<>(TAPS);
        List<SentTap> taps = new ArrayList<>(TAPS);
        TerminalId terminal = anyTerminal();
        for (int i = 0; i < TAPS; i++) {
            if (i % RUN_OF_A_TERMINAL == 0) {
                terminal = anyTerminal();
            }
            Made made = make(terminal, tally);
            messages.add(made.message());
            taps.add(made.tap());
            sent.add(made.tap());
            tally.made(made.tap());
        }
        return new SentBatch(messages, taps);
    }

    private Made make(TerminalId terminal, Tally tally) {
        int dice = random.nextInt(100);
        if (dice < FORGED_PERCENT) {
            Tap message = forged(terminal);
            return new Made(message, SentTap.refused(SentTap.Kind.FORGED, message, message.getAmountFen(), tally));
        }
        if (dice < FORGED_PERCENT + MALFORMED_PERCENT) {
            Tap message = malformed(terminal);
            return new Made(message, SentTap.refused(SentTap.Kind.MALFORMED, message, 0, tally));
        }
        if (dice < FORGED_PERCENT + MALFORMED_PERCENT + CONFLICTING_PERCENT && !remembered.isEmpty()) {
            Tap message = contradiction();
            return new Made(message, SentTap.refused(SentTap.Kind.CONFLICTING, message, message.getAmountFen(), tally));
        }
        TapFrame frame = proven(mill.nextKey(terminal));
        remember(frame);
        return new Made(TapCodec.toProto(frame), SentTap.proven(frame, tally));
    }

    private TerminalId anyTerminal() {
        return city.terminal(gateway, random.nextInt(BenchCity.TERMINALS_PER_GATEWAY));
    }

    private TapFrame proven(TapKey key) {
        return mill.tap(key, Money.ofFen(1 + random.nextInt(BenchCity.FARE_FEN)));
    }

    private Tap forged(TerminalId terminal) {
        Tap message = TapCodec.toProto(proven(mill.nextKey(terminal)));
        return message.toBuilder().setAmountFen(other(message.getAmountFen())).build();
    }

    private Tap malformed(TerminalId terminal) {
        Tap.Builder message = TapCodec.toProto(proven(mill.nextKey(terminal))).toBuilder();
        return random.nextBoolean() ? message.setCardNo(message.getCardNo().substring(1)).build() : message.setTac(message.getTac().substring(1)).build();
    }

    /** Another amount within the fare. */
    private static long other(long fen) {
        return fen % BenchCity.FARE_FEN + 1;
    }

    private Tap contradiction() {
        TapFrame earlier = remembered.get(random.nextInt(remembered.size()));
        return TapCodec.toProto(mill.tap(earlier.key(), Money.ofFen(other(earlier.debit().amount().fen()))));
    }

    private void remember(TapFrame frame) {
        if (remembered.size() < REMEMBERED) {
            remembered.add(frame);
        } else {
            remembered.set(random.nextInt(REMEMBERED), frame);
        }
    }
}
