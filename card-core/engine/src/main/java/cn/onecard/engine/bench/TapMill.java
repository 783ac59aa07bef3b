package cn.onecard.engine.bench;

import cn.onecard.engine.key.CardKeys;
import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.KeySchemes;
import cn.onecard.purse.PurseInput;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardCounter;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.CardFace;
import cn.onecard.wire.Debit;
import cn.onecard.wire.Ride;
import cn.onecard.wire.TapCodec;
import cn.onecard.wire.TapFrame;
import cn.onecard.wire.proto.TapBatch;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Makes true taps: every one has the TAC that its card would have made. Cards come at random, each terminal's sequence rises
 *  by one. A mill makes the taps of one gateway, so that several can work at once; by itself it is not thread-safe. */
public final class TapMill {
    /** The seed of the demo keys of the measured core. */
    public static final long KEY_SEED = 3;
    /** Taps of one terminal that stand together in a batch. */
    private static final int RUN_OF_A_TERMINAL = 20;
    private static final int KEY_VERSION = 1;
    private static final Money FARE = Money.ofFen(BenchCity.FARE_FEN);

    private final CardKeys keys;
    private final Map<TerminalId, Long> sequences = new HashMap<>();
    private final BenchCity city;
    private final int gateway;
    private int cards;      // written by draw()
    private final LocalDateTime noon;
    private final SplittableRandom random;

    private TapMill(BenchCity city, int gateway, CardKeys keys, int cards, LocalDateTime noon) {
        this.city = city;
        this.gateway = gateway;
        this.keys = keys;
        this.cards = cards;
        this.noon = noon;
        this.random = new SplittableRandom(gateway);
    }

    /** One mill a gateway, which share the cards' keys. */
    public static List<TapMill> all(BenchCity city, int cards, LocalDateTime noon) {
        CardKeys keys = new CardKeys(KeyRing.demo(KEY_SEED), KeySchemes.standard());
        return IntStream.range(0, BenchCity.GATEWAYS).mapToObj(gateway -> new TapMill(city, gateway, keys, cards, noon)).toList();
    }

    /** From now on taps are of so many cards. */
    public void draw(int moreCards) {
        cards = moreCards;
    }

    /** The next tap of a terminal, for the whole fare. */
    public TapFrame tap(TerminalId terminal) {
        return tap(nextKey(terminal), FARE);
    }

    /** The next key of a terminal. */
    public TapKey nextKey(TerminalId terminal) {
        return new TapKey(terminal, sequences.merge(terminal, 1L, Long::sum));
    }

    /** A tap under a key. Twice under the same one: two taps that contradict each other.
     *
     *  @param amount at most the fare */
    public TapFrame tap(TapKey key, Money amount) {
        CardNo card = BenchCity.card(random.nextInt(cards));
        EventTime time = EventTime.of(noon.plusSeconds(random.nextInt(3600)));
        byte[] input = PurseInput.purchaseTac(amount, Debit.PURCHASE, key, time);
        CardKeys.Origin origin = new CardKeys.Origin(KeySchemes.DEFAULT, Algorithm.TDES, KEY_VERSION, card, BenchCity.ISSUER, BenchCity.CITY_CODE);
        int tac = keys.findTac(origin, input).orElseThrow(() -> new BenchFailed("the demo keys have no version " + KEY_VERSION));
        return new TapFrame(key, new CardFace(card, 1, 1, BenchCity.ISSUER, BenchCity.CITY_CODE, KEY_VERSION, 1),
                new Debit(Debit.PURCHASE, amount, new CardCounter(random.nextInt(60_000)), Money.ofFen(10_000), time, new Tac(tac), false, false),
                new Ride(new PartyId(BenchCity.PARTY), ServiceCode.BUS.code(), BenchCity.LINE, 8, RideKind.SINGLE.code(), FARE, BenchCity.TARIFF), 77);
    }

    /** A message with the next tap of a terminal, as it goes over the wire.
     *
     *  @param terminal number behind the gateway */
    public byte[] single(long batchNo, int terminal) {
        return TapBatch.newBuilder().setBatchNo(batchNo).addTaps(TapCodec.toProto(tap(city.terminal(gateway, terminal)))).build().toByteArray();
    }

    /** A message with taps of many terminals of the gateway, some of each. */
    public byte[] batch(long batchNo, int taps) {
        TapBatch.Builder batch = TapBatch.newBuilder().setBatchNo(batchNo);
        TerminalId terminal = city.terminal(gateway, 0);
        for (int i = 0; i < taps; i++) {
            if (i % RUN_OF_A_TERMINAL == 0) {
                terminal = city.terminal(gateway, random.nextInt(BenchCity.TERMINALS_PER_GATEWAY));
            }
            batch.addTaps(TapCodec.toProto(tap(terminal)));
        }
        return batch.build().toByteArray();
    }
}
