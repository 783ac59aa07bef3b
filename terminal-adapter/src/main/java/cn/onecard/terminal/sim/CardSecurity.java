package cn.onecard.terminal.sim;

import cn.onecard.purse.PurseCrypto;
import cn.onecard.vocabulary.Algorithm;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What guards a virtual card apart from its purse keys: the PIN, the line protection of files and application, and authentication,
 *  all by one 3DES maintenance key [1]. Each wrong PIN or cryptogram costs a try, each right one gives them all back; three wrong MACs
 *  in a row lock the application for good.
 *
 *  <pre>
 *  0084  GET CHALLENGE       0020  VERIFY            805E01  CHANGE PIN       805E00  RELOAD PIN      8424  PIN UNBLOCK
 *  0082  EXTERNAL AUTHENTICATE                       0088    INTERNAL AUTHENTICATE
 *  841E  APPLICATION BLOCK   8418  APPLICATION UNBLOCK                        04D6  UPDATE BINARY
 *  </pre>
 *  Used under the monitor of its card.
 *
 *  <p>[1] FMCOS 2.0 manual, security. */
final class CardSecurity {
    private static final int TRIES = 3;
    private static final int PIN_KEY_ID = 0x00;
    private static final int MAC_BYTES = 4;
    private static final byte[] NONE = {};

    private final IntSupplier randoms;
    private byte[] key = NONE;   // the card was given none
    private byte[] pin = NONE;   // the card has none
    private int pinTries = TRIES;
    private int keyTries = TRIES;
    private int macTries = TRIES;
    /** Good for the next protected command, or null; lost with a reset. */
    private byte @Nullable [] challenge;
    private Lock lock = Lock.FREE;

    CardSecurity(IntSupplier randoms) {
        this.randoms = randoms;
    }

    /** How far the application is locked. */
    private enum Lock { FREE, BLOCKED, FOR_GOOD }

    void setKey(byte[] key16) {
        key = key16.clone();
    }

    void setPin(byte[] bcd) {
        pin = bcd.clone();
        pinTries = TRIES;
    }

    void setBlocked(boolean blocked) {
        lock = blocked ? Lock.BLOCKED : Lock.FREE;
    }

    boolean isBlocked() {
        return lock != Lock.FREE;
    }

    void reset() {
        challenge = null;
    }

    /** The answer to a command that is this class's, or empty. */
    Optional<byte[]> process(Apdu apdu, CardFiles files) {
        byte @Nullable [] random = challenge;
        challenge = null;
        return switch (apdu.claIns()) {
            case 0x0084 -> Optional.of(giveChallenge(apdu));
            case 0x8418 -> Optional.of(unblock(apdu, random));
            case 0x0020 -> Optional.of(isBlocked() ? blocked() : verify(apdu));
            case 0x805E -> Optional.of(isBlocked() ? blocked() : apdu.p1() == 0x01 ? change(apdu) : reload(apdu));
            case 0x8424 -> Optional.of(isBlocked() ? blocked() : unblockPin(apdu, random));
            case 0x0082 -> Optional.of(isBlocked() ? blocked() : authenticate(apdu, random));
            case 0x0088 -> Optional.of(isBlocked() ? blocked() : compute(apdu));
            case 0x841E -> Optional.of(isBlocked() ? blocked() : block(apdu, random));
            case 0x04D6 -> Optional.of(isBlocked() ? blocked() : update(apdu, random, files));
            default -> Optional.empty();
        };
    }

    private byte[] giveChallenge(Apdu apdu) {
        if (apdu.le() != 4 && apdu.le() != 8) {
            return Answers.status(0x6700);
        }
        byte[] random = ByteBuffer.allocate(8).putInt(randoms.getAsInt()).putInt(randoms.getAsInt()).array();
        byte[] given = Arrays.copyOf(random, apdu.le());
        challenge = given;
        return Answers.done(given);
    }

    private byte[] verify(Apdu apdu) {
        if (apdu.p2() != PIN_KEY_ID || pin.length == 0) {
            return Answers.status(0x6A88);
        }
        return tryPin(apdu.data());
    }

    private byte[] tryPin(byte[] candidate) {
        if (pinTries == 0) {
            return Answers.status(0x6983);
        }
        pinTries = Arrays.equals(candidate, pin) ? TRIES : pinTries - 1;
        return Answers.status(pinTries == TRIES ? 0x9000 : 0x63C0 | pinTries);
    }

    private byte[] change(Apdu apdu) {
        byte[] data = apdu.data();
        int separator = pin.length;
        if (data.length < separator + 3 || data[separator] != (byte) 0xFF) {
            return Answers.status(0x6A80);
        }
        byte[] answer = tryPin(Arrays.copyOf(data, separator));
        if (pinTries == TRIES) {
            pin = Arrays.copyOfRange(data, separator + 1, data.length);
        }
        return answer;
    }

    private byte[] reload(Apdu apdu) {
        int length = apdu.data().length - MAC_BYTES;
        if (length < 2) {
            return Answers.status(0x6700);
        }
        byte[] fresh = Arrays.copyOf(apdu.data(), length);
        if (ByteBuffer.wrap(apdu.data(), length, MAC_BYTES).getInt() != PurseCrypto.mac(Algorithm.TDES, PurseCrypto.tacKey(Algorithm.TDES, key), fresh)) {
            return wrongMac();
        }
        setPin(fresh);
        return Answers.status(0x9000);
    }

    private byte[] unblockPin(Apdu apdu, byte @Nullable [] random) {
        if (!macIsRight(apdu, random)) {
            return wrongMac();
        }
        byte[] enciphered = Arrays.copyOf(apdu.data(), apdu.data().length - MAC_BYTES);
        if (!Arrays.equals(enciphered, PurseCrypto.secureMessagingEncrypt(key, pin))) {
            return Answers.status(0x6A80);
        }
        pinTries = TRIES;
        return Answers.status(0x9000);
    }

    private byte[] authenticate(Apdu apdu, byte @Nullable [] random) {
        if (key.length == 0) {
            return Answers.status(0x6A88);
        }
        if (random == null) {
            return Answers.status(0x6985);
        }
        if (keyTries == 0) {
            return Answers.status(0x6983);
        }
        boolean right = Arrays.equals(apdu.data(), PurseCrypto.encryptBlock(Algorithm.TDES, key, Arrays.copyOf(random, 8)));
        keyTries = right ? TRIES : keyTries - 1;
        return Answers.status(right ? 0x9000 : 0x63C0 | keyTries);
    }

    private byte[] compute(Apdu apdu) {
        if (key.length == 0) {
            return Answers.status(0x6A88);
        }
        return switch (apdu.p1()) {
            case 0x00 -> apdu.data().length == 8 ? Answers.done(PurseCrypto.encryptBlock(Algorithm.TDES, key, apdu.data())) : Answers.status(0x6700);
            case 0x02 -> Answers.done(bytes(PurseCrypto.secureMessagingMac(key, new byte[MAC_BYTES], apdu.data())));
            default -> Answers.status(0x6A86);
        };
    }

    private byte[] block(Apdu apdu, byte @Nullable [] random) {
        if (!macIsRight(apdu, random)) {
            return wrongMac();
        }
        lock = apdu.p2() == 0x01 ? Lock.FOR_GOOD : Lock.BLOCKED;
        return Answers.status(0x9000);
    }

    private byte[] unblock(Apdu apdu, byte @Nullable [] random) {
        if (lock == Lock.FOR_GOOD) {
            return Answers.status(0x9303);
        }
        if (!macIsRight(apdu, random)) {
            return wrongMac();
        }
        lock = Lock.FREE;
        return Answers.status(0x9000);
    }

    private byte[] update(Apdu apdu, byte @Nullable [] random, CardFiles files) {
        if (!macIsRight(apdu, random)) {
            return wrongMac();
        }
        byte[] data = Arrays.copyOf(apdu.data(), apdu.data().length - MAC_BYTES);
        return Answers.status(files.update(apdu.p1() & 0x1F, apdu.p2(), data));
    }

    private boolean macIsRight(Apdu apdu, byte @Nullable [] random) {
        int length = apdu.data().length - MAC_BYTES;
        if (random == null || length < 0 || key.length == 0) {
            return false;
        }
        byte[] input = ByteBuffer.allocate(5 + length).put(apdu.header()).put((byte) apdu.data().length).put(apdu.data(), 0, length).array();
        boolean right = ByteBuffer.wrap(apdu.data(), length, MAC_BYTES).getInt() == PurseCrypto.secureMessagingMac(key, random, input);
        macTries = right ? TRIES : macTries;
        return right;
    }

    private byte[] wrongMac() {
        macTries--;
        if (macTries == 0) {
            lock = Lock.FOR_GOOD;
            return Answers.status(0x9303);
        }
        return Answers.status(0x6988);
    }

    private static byte[] blocked() {
        return Answers.status(0x6A81);
    }

    private static byte[] bytes(int four) {
        return ByteBuffer.allocate(4).putInt(four).array();
    }
}
