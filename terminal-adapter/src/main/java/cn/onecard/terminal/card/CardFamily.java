package cn.onecard.terminal.card;

import cn.onecard.purse.FactorFormat;
import cn.onecard.vocabulary.Algorithm;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A kind of card, as data: how it is selected, how its public file lies, and what else differs between families. All of it stands
 *  in {@code families.json}; a new family needs no code.
 *
 *  @param id short, for programs
 *  @param name for people
 *  @param select how its purse is reached, step by step
 *  @param layout of its public file
 *  @param keys how its keys are found, or empty if we only read it
 *  @param hasTrips whether it keeps trips in file 001E
 *  @param options what the standards leave open */
public record CardFamily(String id, String name, List<Step> select, PublicData.Layout layout, Optional<Keys> keys, boolean hasTrips,
        Options options) {
    /** Those that we charge and load, in the order in which a validator tries them. */
    public static final List<CardFamily> STANDARD = CardFamilies.listAll().stream().filter(family -> family.keys().isPresent()).toList();
    /** Those and the ones that we only read, in the order in which a reader tries them. */
    public static final List<CardFamily> READABLE = CardFamilies.listAll();

    public CardFamily {
        select = List.copyOf(select);
    }

    /** How the factors of its keys are made.
     *
     *  @throws IllegalStateException of a family that we only read */
    public FactorFormat factors() {
        return keys.orElseThrow(() -> new IllegalStateException(id + " is only read")).factors();
    }

    /** One step on the way to the purse. */
    public sealed interface Step {
        /** SELECT by name or AID. */
        record Name(String hex) implements Step {}

        /** SELECT by file id, 0 to FFFF. */
        record File(int id) implements Step {}

        /** READ BINARY of a file that only this family has where we are; it is the public file at the same time.
         *
         *  @param sfi 1 to 31 */
        record Read(int sfi) implements Step {}
    }

    /** How the keys of a family are found.
     *
     *  @param factors by which they are made from the master key
     *  @param lockKeyIndex index of the PSAM's key that application block is protected by, 0 to 255 */
    public record Keys(FactorFormat factors, int lockKeyIndex) {}

    /** Under which number a card keeps the proof of the debit for which INIT answered N. */
    public enum ProofNumber {
        /** N + 1, and if there is none, N. */
        AFTER_THEN_BEFORE,
        /** N + 1. */
        AFTER,
        /** N. */
        BEFORE
    }

    /** Which counter a record of the transaction log shows: the one before its transaction, or the one after it. */
    public enum LogCounter { BEFORE, AFTER }

    /** What the standards leave open.
     *
     *  @param challengeBytes how long the challenge of line protection is, 4 or 8
     *  @param loadKeyIndex of INIT FOR LOAD, 0 to 255
     *  @param purchaseKeyIndex of INIT FOR PURCHASE where no PSAM says another, 0 to 255
     *  @param proofNumber of GET TRANSACTION PROVE
     *  @param logCounter in file 0018
     *  @param balanceFlag whether bit 31 of a balance is a flag and no money
     *  @param algorithms what the algorithm byte of INIT most likely says; no key is chosen by it */
    public record Options(int challengeBytes, int loadKeyIndex, int purchaseKeyIndex, ProofNumber proofNumber, LogCounter logCounter,
            boolean balanceFlag, Map<Integer, Algorithm> algorithms) {
        public Options {
            algorithms = Map.copyOf(algorithms);
        }
    }
}
