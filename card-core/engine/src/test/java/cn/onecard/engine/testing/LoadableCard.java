package cn.onecard.engine.testing;

import cn.onecard.engine.card.KeyProfile;
import cn.onecard.engine.flow.LoadDesk;
import cn.onecard.engine.key.KeyId;
import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.KeySchemes;
import cn.onecard.engine.key.KeyUsage;
import cn.onecard.engine.order.LoadTerms;
import cn.onecard.purse.PurseCrypto;
import cn.onecard.purse.PurseInput;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TerminalId;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SplittableRandom;

/** A card that can be loaded: INIT FOR LOAD and CREDIT FOR LOAD, by the card's side of the purse's mathematics. */
public final class LoadableCard {
    private final Algorithm algorithm;
    private final int keyVersion;
    private final byte[] dlk;
    private final byte[] tacKey;
    private final SplittableRandom random = new SplittableRandom(11);
    private Money balance;      // written by credit()
    private int counter;        // written by credit()
    private int lastRandom;     // written by init()
    private Money lastAmount = Money.ZERO;      // written by init()
    private TerminalId lastTerminal = new TerminalId(0);        // written by init()

    /** A card of version 1 of the keys of a ring. */
    public LoadableCard(KeyRing ring, CardNo cardNo, KeyProfile profile, Money balance, int counter) {
        this(new Keys(profile.algorithm(), 1, key(ring, KeyUsage.LOAD, cardNo, profile), key(ring, KeyUsage.TAC, cardNo, profile)), balance, counter);
    }

    /** A card with keys that the bureau wrote. */
    public LoadableCard(Keys keys, Money balance, int counter) {
        this.algorithm = keys.algorithm;
        this.keyVersion = keys.version;
        this.dlk = keys.dlk;
        this.tacKey = PurseCrypto.tacKey(algorithm, keys.dtk);
        this.balance = balance;
        this.counter = counter;
    }

    /** The keys of a card. */
    public static final class Keys {
        private final Algorithm algorithm;
        private final int version;
        private final byte[] dlk;
        private final byte[] dtk;

        public Keys(Algorithm algorithm, int version, byte[] dlk, byte[] dtk) {
            this.algorithm = algorithm;
            this.version = version;
            this.dlk = dlk.clone();
            this.dtk = dtk.clone();
        }
    }

    /** The answer to INIT FOR LOAD. */
    public record Init(LoadTerms.CardInit init, int mac1) {}

    public Money balance() {
        return balance;
    }

    public Init init(Money amount, TerminalId terminal) {
        lastRandom = random.nextInt();
        lastAmount = amount;
        lastTerminal = terminal;
        return new Init(new LoadTerms.CardInit(balance, counter, lastRandom, keyVersion), mac(PurseInput.loadMac1(balance, amount, LoadDesk.LOAD_TYPE, terminal)));
    }

    /** The TAC, or empty if the card does not believe MAC2. */
    public Optional<Tac> credit(EventTime hostTime, int mac2) {
        if (mac(PurseInput.loadMac2(lastAmount, LoadDesk.LOAD_TYPE, lastTerminal, hostTime)) != mac2) {
            return Optional.empty();
        }
        balance = balance.plus(lastAmount);
        byte[] input = PurseInput.loadTac(balance, counter, lastAmount, LoadDesk.LOAD_TYPE, new PurseInput.TerminalTime(lastTerminal, hostTime));
        counter++;
        return Optional.of(new Tac(PurseCrypto.mac(algorithm, tacKey, input)));
    }

    private int mac(byte[] input) {
        byte[] fourBytes = ByteBuffer.allocate(Integer.BYTES).putInt(lastRandom).array();
        return PurseCrypto.mac(algorithm, PurseCrypto.loadSessionKey(algorithm, dlk, fourBytes, counter), input);
    }

    private static byte[] key(KeyRing ring, KeyUsage usage, CardNo cardNo, KeyProfile profile) {
        return ring.findCardKey(new KeyId(usage, 1, profile.algorithm()), KeySchemes.standard().findFormat(profile.scheme()).orElseThrow(),
                cardNo, profile.issuerId(), profile.city()).orElseThrow();
    }
}
