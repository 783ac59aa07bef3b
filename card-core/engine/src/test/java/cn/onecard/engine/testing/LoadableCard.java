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
    private static final int KEY_VERSION = 1;

    private final KeyProfile profile;
    private final byte[] dlk;
    private final byte[] tacKey;
    private final SplittableRandom random = new SplittableRandom(11);
    private Money balance;      // written by credit()
    private int counter;        // written by credit()
    private int lastRandom;     // written by init()
    private Money lastAmount = Money.ZERO;      // written by init()
    private TerminalId lastTerminal = new TerminalId(0);        // written by init()

    public LoadableCard(KeyRing ring, CardNo cardNo, KeyProfile profile, Money balance, int counter) {
        this.profile = profile;
        this.dlk = key(ring, KeyUsage.LOAD, cardNo);
        this.tacKey = PurseCrypto.tacKey(profile.algorithm(), key(ring, KeyUsage.TAC, cardNo));
        this.balance = balance;
        this.counter = counter;
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
        return new Init(new LoadTerms.CardInit(balance, counter, lastRandom, KEY_VERSION), mac(PurseInput.loadMac1(balance, amount, LoadDesk.LOAD_TYPE, terminal)));
    }

    /** The TAC, or empty if the card does not believe MAC2. */
    public Optional<Tac> credit(EventTime hostTime, int mac2) {
        if (mac(PurseInput.loadMac2(lastAmount, LoadDesk.LOAD_TYPE, lastTerminal, hostTime)) != mac2) {
            return Optional.empty();
        }
        balance = balance.plus(lastAmount);
        byte[] input = PurseInput.loadTac(balance, counter, lastAmount, LoadDesk.LOAD_TYPE, new PurseInput.TerminalTime(lastTerminal, hostTime));
        counter++;
        return Optional.of(new Tac(PurseCrypto.mac(profile.algorithm(), tacKey, input)));
    }

    private int mac(byte[] input) {
        byte[] fourBytes = ByteBuffer.allocate(Integer.BYTES).putInt(lastRandom).array();
        return PurseCrypto.mac(profile.algorithm(), PurseCrypto.loadSessionKey(profile.algorithm(), dlk, fourBytes, counter), input);
    }

    private byte[] key(KeyRing ring, KeyUsage usage, CardNo cardNo) {
        return ring.findCardKey(new KeyId(usage, KEY_VERSION, profile.algorithm()), KeySchemes.standard().findFormat(profile.scheme()).orElseThrow(),
                cardNo, profile.issuerId(), profile.city()).orElseThrow();
    }
}
