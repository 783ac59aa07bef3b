package cn.onecard.engine.verify;

import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.card.CardState;
import cn.onecard.engine.card.KeyProfile;
import cn.onecard.engine.key.CardKeys;
import cn.onecard.engine.key.KeySchemes;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.engine.testing.City;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.wire.TapCodec;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to prove a tap, over so many cards in random order that neither their keys nor their taps stay in the
 *  processor's caches. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class VerifyBenchmark {
    private static final int CARDS = 100_000;
    private static final int NEW_CARDS = 10_000;

    @Param
    private Algorithm algorithm = Algorithm.TDES;        // written by JMH

    private final List<Claim> claims = new ArrayList<>();
    private final TapVerifier verifier = new TapVerifier(new CardKeys(City.KEYS, KeySchemes.standard()));
    private int next;       // written by keyCached()

    /** A tap and the card it claims to be of. */
    private record Claim(ReceivedTap.Framed tap, Optional<CardMaster> card) {}

    /** Makes a true tap of every card, and lets the key of every card be kept. */
    @Setup
    public void tapEveryCard() {
        KeyProfile profile = new KeyProfile(KeySchemes.DEFAULT, algorithm, City.ISSUER, City.CITY_CODE);
        for (int i = 0; i < CARDS; i++) {
            City.Draft draft = City.busRide(i);
            draft.card = CardNo.ofDigits("3104%016d".formatted(i * 7919L));
            draft.algorithm = algorithm;
            CardMaster master = new CardMaster(draft.card, 1, CardKind.ORDINARY, profile, CardState.ACTIVE, City.NOON, City.DAY.day(), City.DAY.day());
            ReceivedTap tap = ReceivedTap.of(City.GATEWAY, City.NOON.toInstant(ZoneOffset.UTC), TapCodec.toProto(draft.frame()));
            claims.add(new Claim((ReceivedTap.Framed) tap, Optional.of(master)));
        }
        Collections.shuffle(claims, new Random(1));
        for (Claim claim : claims) {
            if (!(verifier.verify(claim.tap(), claim.card()) instanceof VerifiedTap)) {
                throw new IllegalStateException("a true tap was not verified: " + claim.tap().key());
            }
        }
    }

    /** The card's key is kept. */
    @Benchmark
    public Verification keyCached() {
        Claim claim = claims.get(next);
        next = (next + 1) % CARDS;
        return verifier.verify(claim.tap(), claim.card());
    }

    /** No card has been seen before: each key is derived from the master, and kept. */
    @Benchmark
    @OperationsPerInvocation(NEW_CARDS)
    public void keyNotCached(Blackhole sink) {
        TapVerifier fresh = new TapVerifier(new CardKeys(City.KEYS, KeySchemes.standard()));
        for (Claim claim : claims.subList(0, NEW_CARDS)) {
            sink.consume(fresh.verify(claim.tap(), claim.card()));
        }
    }
}
