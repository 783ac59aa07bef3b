package cn.onecard.purse;

import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the arithmetic of one tap costs, each call for another card. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PurseBenchmark {
    private static final int CARDS = 1_024;
    private static final int PURCHASE = 0x06;
    private static final long ISSUER = 0x0104_2900_FFFF_FFFFL;
    private static final TerminalId TERMINAL = new TerminalId(0x0A00_0000_0001L);
    private static final Money FARE = Money.ofFen(200);
    private static final EventTime TIME = new EventTime(0x20261124083000L);
    private static final FactorFormat FORMAT = FactorFormat.parse("issuer > asn");

    @Param
    private Algorithm algorithm = Algorithm.TDES;        // written by JMH

    private final byte[] master = new byte[PurseCrypto.KEY_BYTES];
    private final byte[] random = new byte[4];
    private final CardNo[] cards = new CardNo[CARDS];
    private final byte[][] keys = new byte[CARDS][];
    private final TacKey[] tacKeys = new TacKey[CARDS];
    private int next;       // written by card()

    /** Makes the cards. */
    @Setup
    public void personalise() {
        Random seed = new Random(1);
        seed.nextBytes(master);
        seed.nextBytes(random);
        for (int i = 0; i < CARDS; i++) {
            cards[i] = CardNo.ofDigits("3104%016d".formatted(i * 7919L));
            keys[i] = FORMAT.cardKey(algorithm, master, cards[i], ISSUER, 0);
            tacKeys[i] = TacKey.of(algorithm, keys[i]);
        }
    }

    /** A TAC under a key that is kept, its input string included. */
    @Benchmark
    public int tacKeptKey() {
        int card = card();
        return tacKeys[card].tac(PurseInput.purchaseTac(FARE, PURCHASE, new TapKey(TERMINAL, card), TIME));
    }

    /** A TAC of a card whose key has to be derived from the master by two levels. */
    @Benchmark
    public int tacNewKey() {
        int card = card();
        byte[] dtk = FORMAT.cardKey(algorithm, master, cards[card], ISSUER, 0);
        return TacKey.of(algorithm, dtk).tac(PurseInput.purchaseTac(FARE, PURCHASE, new TapKey(TERMINAL, card), TIME));
    }

    /** Session key, MAC1 and MAC2 of a purchase, as card and PSAM make them. */
    @Benchmark
    public int mac1AndMac2() {
        int card = card();
        byte[] session = PurseCrypto.purchaseSessionKey(algorithm, keys[card], random, card, card);
        return PurseCrypto.mac(algorithm, session, PurseInput.purchaseMac1(FARE, PURCHASE, TERMINAL, TIME))
                ^ PurseCrypto.mac(algorithm, session, PurseInput.purchaseMac2(FARE));
    }

    private int card() {
        next = (next + 1) % CARDS;
        return next;
    }
}
