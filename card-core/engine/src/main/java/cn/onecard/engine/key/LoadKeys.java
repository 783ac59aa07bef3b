package cn.onecard.engine.key;

import cn.onecard.purse.PurseCrypto;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Optional;

/** The load keys of cards. A card is loaded so seldom that each is derived anew. Thread-safe. */
public final class LoadKeys {
    private final KeySource source;
    private final KeySchemes schemes;

    public LoadKeys(KeySource source, KeySchemes schemes) {
        this.source = source;
        this.schemes = schemes;
    }

    /** Whether the master of a card's load key is retired on a day. */
    public boolean isRetired(CardKeys.Origin origin, LocalDate day) {
        return source.ring().findRetiredFrom(KeyUsage.LOAD, origin.version(), origin.algorithm()).filter(from -> !day.isBefore(from)).isPresent();
    }

    /** MAC1 or MAC2 of a load, or empty if there is no such master key or scheme.
     *
     *  @param random four bytes that the card answered to INIT FOR LOAD
     *  @param onlineCounter as the card answered, before the load
     *  @param input what the code is made over
     *  @throws KeysUnavailable if the keeper of the master does not answer */
    public Optional<Integer> findMac(CardKeys.Origin origin, int random, int onlineCounter, byte[] input) {
        KeyId id = new KeyId(KeyUsage.LOAD, origin.version(), origin.algorithm());
        byte[] fourBytes = ByteBuffer.allocate(Integer.BYTES).putInt(random).array();
        return schemes.findFormat(origin.scheme())
                .flatMap(format -> source.ring().findCardKey(id, format, origin.cardNo(), origin.issuerId(), origin.city()))
                .map(dlk -> PurseCrypto.loadSessionKey(origin.algorithm(), dlk, fourBytes, onlineCounter))
                .map(session -> PurseCrypto.mac(origin.algorithm(), session, input));
    }
}
