package cn.onecard.terminal.sim;

import cn.onecard.purse.PurseCrypto;
import cn.onecard.purse.PurseInput;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** A T-Union e-purse card (交通联合电子钱包), contactless.
 *
 *  <p>A debit is one atomic step in the manual's order: balance, counter, MAC2, log record, TAC. So is a credit: balance, on-line
 *  counter, log record, TAC. INIT changes nothing that lasts; any command but UPDATE CAPP DATA CACHE, and a reset, cancels it.
 *  A SELECT of the blocked application says so, and the next command may be the issuer's unblock. The proof of the latest debit is kept for GET
 *  TRANSACTION PROVE under the number counter + 1.
 *
 *  <pre>
 *  00A4  SELECT            00B0  READ BINARY         00B2  READ RECORD        805C  GET BALANCE
 *  8050  INIT FOR (CAPP) PURCHASE, INIT FOR LOAD     80DC  UPDATE CAPP DATA CACHE
 *  8054  DEBIT FOR PURCHASE                          8052  CREDIT FOR LOAD
 *  805A  GET TRANSACTION PROVE (of debits)
 *  </pre>
 *  PIN, line protection and authentication are in {@link CardSecurity}. */
public final class VirtualCard implements VirtualDevice {
    private static final byte[] ATR = HexFormat.of().parseHex("3B80800101");
    private static final byte[] ENVIRONMENT = "2PAY.SYS.DDF01".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] APPLICATION = HexFormat.of().parseHex("A000000632010105");
    private static final int LOAD = 0x02;
    private static final int PURCHASE = 0x06;
    private static final int COMPOSITE = 0x09;
    private static final int PURSE = 0x02;
    /** Key indexes that the purchase key and the load key answer to. */
    private static final List<Integer> KEY_INDEXES = List.of(0x00, 0x01);
    private static final int COUNTER_LIMIT = 0xFFFF;
    /** The most a purse can hold: four unsigned bytes. */
    private static final long PURSE_LIMIT = 0xFFFF_FFFFL;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final CardProfile profile;
    private final byte[] dpk;
    private final byte[] dtk;
    private final IntSupplier randoms;
    private final CardFiles files;
    private final CardSecurity security;
    // What follows changes under the monitor only.
    private Money balance;
    private int counter;
    private int onlineCounter;
    private byte[] dlk = new byte[0];       // empty: the card cannot be loaded
    private @Nullable Proof proof;
    private boolean selected;
    private @Nullable Init init;

    private VirtualCard(CardProfile profile, byte[] dpk, byte[] dtk, IntSupplier randoms) {
        if (dpk.length != PurseCrypto.KEY_BYTES || dtk.length != PurseCrypto.KEY_BYTES) {
            throw new IllegalArgumentException("card keys have 16 bytes");
        }
        this.profile = profile;
        this.dpk = dpk.clone();
        this.dtk = dtk.clone();
        this.randoms = randoms;
        this.files = new CardFiles(profile);
        this.security = new CardSecurity(randoms);
        this.balance = profile.balance();
        this.counter = profile.counter();
    }

    /** A card as it leaves the bureau.
     *
     *  @param dpk its purchase key, 16 bytes
     *  @param dtk its TAC key, 16 bytes */
    public static VirtualCard personalised(CardProfile profile, byte[] dpk, byte[] dtk) {
        return new VirtualCard(profile, dpk, dtk, RANDOM::nextInt);
    }

    /** The same with a source of the randoms that INIT answers, to repeat a recorded transaction. */
    public static VirtualCard personalised(CardProfile profile, byte[] dpk, byte[] dtk, IntSupplier randoms) {
        return new VirtualCard(profile, dpk, dtk, randoms);
    }

    public CardProfile profile() {
        return profile;
    }

    /** What the purse holds now. */
    public synchronized Money balance() {
        return balance;
    }

    /** The off-line counter that the next INIT answers. */
    public synchronized int counter() {
        return counter;
    }

    /** The on-line counter that the next INIT FOR LOAD answers. */
    public synchronized int onlineCounter() {
        return onlineCounter;
    }

    /** Writes the load key, as the bureau does: from now on the card can be loaded.
     *
     *  @param key 16 bytes */
    public synchronized void setLoadKey(byte[] key) {
        if (key.length != PurseCrypto.KEY_BYTES) {
            throw new IllegalArgumentException("card keys have 16 bytes");
        }
        dlk = key.clone();
    }

    /** Puts money into the purse, as a load would. */
    public synchronized void add(Money amount) {
        balance = balance.plus(amount);
    }

    /** Blocks or unblocks the application. */
    public synchronized void setBlocked(boolean blocked) {
        security.setBlocked(blocked);
    }

    /** Writes the key of line protection and authentication, as the bureau does.
     *
     *  @param key 16 bytes, 3DES */
    public synchronized void setMaintenanceKey(byte[] key) {
        security.setKey(key);
    }

    /** Writes the PIN, as the bureau does.
     *
     *  @param bcd two to six bytes */
    public synchronized void setPin(byte[] bcd) {
        security.setPin(bcd);
    }

    /** Sets the enable flag of file 0015: 00 not yet, 01 enabled, 02 stopped. */
    public synchronized void setEnableFlag(int flag) {
        files.setEnableFlag(flag);
    }

    @Override
    public byte[] atr() {
        return ATR.clone();
    }

    @Override
    public synchronized void reset() {
        selected = false;
        init = null;
        security.reset();
    }

    @Override
    public synchronized byte[] process(byte[] command) {
        if (command.length < 4) {
            return Answers.status(0x6700);
        }
        Apdu apdu = new Apdu(command);
        Init pending = init;
        if (apdu.claIns() != 0x80DC) {
            init = null;
        }
        if (apdu.claIns() == 0x00A4) {
            return select(apdu);
        }
        if (!selected) {
            return Answers.status(isKnown(apdu) ? 0x6985 : unknown(command[0]));
        }
        return security.process(apdu, files).orElseGet(() -> !isKnown(apdu) ? Answers.status(unknown(command[0]))
                : security.isBlocked() ? Answers.status(0x6A81) : execute(apdu, pending));
    }

    private static boolean isKnown(Apdu apdu) {
        return switch (apdu.claIns()) {
            case 0x00B0, 0x00B2, 0x805C, 0x8050, 0x80DC, 0x8052, 0x8054, 0x805A -> true;
            default -> false;
        };
    }

    private static int unknown(byte cla) {
        return (cla & 0x7F) == 0 ? 0x6D00 : 0x6E00;
    }

    private byte[] execute(Apdu apdu, @Nullable Init pending) {
        return switch (apdu.claIns()) {
            case 0x00B0 -> readBinary(apdu);
            case 0x00B2 -> readRecord(apdu);
            case 0x805C -> apdu.p2() == PURSE ? apdu.fit(amount(balance)) : Answers.status(0x6A86);
            case 0x8050 -> initialise(apdu);
            case 0x80DC -> cache(apdu, pending);
            case 0x8052 -> credit(apdu, pending);
            case 0x8054 -> debit(apdu, pending);
            default -> prove(apdu);
        };
    }

    private byte[] select(Apdu apdu) {
        selected = false;
        if (apdu.p1() != 0x04) {
            return Answers.status(0x6A82);
        }
        if (Arrays.equals(apdu.data(), ENVIRONMENT)) {
            return Answers.done(HexFormat.of().parseHex("6F15840E325041592E5359532E4444463031A503880101"));
        }
        if (!Arrays.equals(apdu.data(), APPLICATION)) {
            return Answers.status(0x6A82);
        }
        selected = true;   // blocked or not: the issuer's unblock comes next
        return security.isBlocked() ? Answers.status(0x6A81)
                : Answers.done(HexFormat.of().parseHex("6F318408A000000632010105A5259F0801029F0C1E"), files.publicData());
    }

    private byte[] readBinary(Apdu apdu) {
        if ((apdu.p1() & 0x80) == 0) {
            return Answers.status(0x6A86);
        }
        byte[] file = files.findBinary(apdu.p1() & 0x1F).orElse(null);
        if (file == null) {
            return Answers.status(0x6A82);
        }
        if (apdu.p2() >= file.length) {
            return Answers.status(0x6B00);
        }
        int available = file.length - apdu.p2();
        int wanted = apdu.le() == 0 ? available : apdu.le();
        return wanted > available ? Answers.status(0x6C00 | available)
                : Answers.done(Arrays.copyOfRange(file, apdu.p2(), apdu.p2() + wanted));
    }

    private byte[] readRecord(Apdu apdu) {
        if ((apdu.p2() & 0x07) != 0x04) {
            return Answers.status(0x6A86);
        }
        List<byte[]> records = files.findRecords(apdu.p2() >>> 3).orElse(null);
        if (records == null) {
            return Answers.status(0x6A82);
        }
        return apdu.p1() < 1 || apdu.p1() > records.size() ? Answers.status(0x6A83) : apdu.fit(records.get(apdu.p1() - 1));
    }

    private byte[] initialise(Apdu apdu) {
        if (apdu.p2() != PURSE || (apdu.p1() != 0x00 && apdu.p1() != 0x01 && apdu.p1() != 0x03)) {
            return Answers.status(0x6A86);
        }
        if (apdu.data().length != 11) {
            return Answers.status(0x6700);
        }
        ByteBuffer data = ByteBuffer.wrap(apdu.data());
        if (!KEY_INDEXES.contains((int) data.get())) {
            return Answers.status(0x9403);
        }
        Money amount = Money.ofFen(Integer.toUnsignedLong(data.getInt()));
        TerminalId terminal = new TerminalId((long) (data.getShort() & 0xFFFF) << 32 | Integer.toUnsignedLong(data.getInt()));
        return apdu.p1() == 0x00 ? initialiseLoad(amount, terminal)
                : initialisePurchase(apdu.p1() == 0x01 ? PURCHASE : COMPOSITE, amount, terminal);
    }

    private byte[] initialisePurchase(int type, Money amount, TerminalId terminal) {
        if (amount.compareTo(balance) > 0) {
            return Answers.status(0x9401);
        }
        if (counter == COUNTER_LIMIT) {
            return Answers.status(0x9402);
        }
        int random = randoms.getAsInt();
        init = new Init(type, amount, terminal, random, List.of());
        return Answers.done(amount(balance), ByteBuffer.allocate(11).putShort((short) counter).put(new byte[3])
                .put((byte) profile.keyVersion()).put((byte) profile.algorithmByte()).putInt(random).array());
    }

    private byte[] initialiseLoad(Money amount, TerminalId terminal) {
        if (dlk.length == 0) {
            return Answers.status(0x9403);
        }
        if (onlineCounter == COUNTER_LIMIT) {
            return Answers.status(0x9402);
        }
        if (balance.plus(amount).fen() > PURSE_LIMIT) {
            return Answers.status(0x6985);
        }
        int random = randoms.getAsInt();
        init = new Init(LOAD, amount, terminal, random, List.of());
        int mac1 = PurseCrypto.mac(profile.algorithm(), loadSession(random), PurseInput.loadMac1(balance, amount, LOAD, terminal));
        return Answers.done(amount(balance), ByteBuffer.allocate(12).putShort((short) onlineCounter)
                .put((byte) profile.keyVersion()).put((byte) profile.algorithmByte()).putInt(random).putInt(mac1).array());
    }

    private byte[] credit(Apdu apdu, @Nullable Init pending) {
        if (pending == null || pending.type != LOAD) {
            return Answers.status(0x6901);
        }
        if (apdu.p1() != 0x00 || apdu.p2() != 0x00) {
            return Answers.status(0x6A86);
        }
        if (apdu.data().length != 11) {
            return Answers.status(0x6700);
        }
        ByteBuffer data = ByteBuffer.wrap(apdu.data());
        byte[] dateTime = new byte[7];
        data.get(dateTime);
        EventTime time = new EventTime(Long.parseLong(HexFormat.of().formatHex(dateTime), 16));
        Algorithm algorithm = profile.algorithm();
        if (data.getInt() != PurseCrypto.mac(algorithm, loadSession(pending.random), PurseInput.loadMac2(pending.amount, LOAD, pending.terminal, time))) {
            return Answers.status(0x9302);
        }
        balance = balance.plus(pending.amount);
        int tac = PurseCrypto.mac(algorithm, PurseCrypto.tacKey(algorithm, dtk), PurseInput.loadTac(balance, onlineCounter, pending.amount, LOAD,
                new PurseInput.TerminalTime(pending.terminal, time)));
        onlineCounter++;
        appendLog(onlineCounter, pending, dateTime);
        return Answers.done(ByteBuffer.allocate(4).putInt(tac).array());
    }

    private byte[] loadSession(int random) {
        return PurseCrypto.loadSessionKey(profile.algorithm(), dlk, ByteBuffer.allocate(4).putInt(random).array(), onlineCounter);
    }

    private void appendLog(int number, Init done, byte[] dateTime) {
        files.appendLog(ByteBuffer.allocate(23).putShort((short) number).put(new byte[3]).put(amount(done.amount))
                .put((byte) done.type).putShort((short) (done.terminal.value() >>> 32)).putInt((int) done.terminal.value())
                .put(dateTime).array());
    }

    private byte[] cache(Apdu apdu, @Nullable Init pending) {
        if (pending == null || pending.type != COMPOSITE) {
            return Answers.status(0x6901);
        }
        Cached cached = new Cached(apdu.p2() >>> 3, apdu.p1(), apdu.data());
        if (!files.takes(cached.sfi, cached.record, cached.data)) {
            return Answers.status(0x6A80);
        }
        List<Cached> all = new ArrayList<>(pending.cached);
        all.add(cached);
        init = new Init(pending.type, pending.amount, pending.terminal, pending.random, List.copyOf(all));
        return Answers.status(0x9000);
    }

    private byte[] debit(Apdu apdu, @Nullable Init pending) {
        if (pending == null || pending.type == LOAD) {
            return Answers.status(0x6901);
        }
        if (apdu.p1() != 0x01 || apdu.p2() != 0x00) {
            return Answers.status(0x6A86);
        }
        if (apdu.data().length != 15) {
            return Answers.status(0x6700);
        }
        ByteBuffer data = ByteBuffer.wrap(apdu.data());
        TapKey key = new TapKey(pending.terminal, Integer.toUnsignedLong(data.getInt()));
        byte[] dateTime = new byte[7];
        data.get(dateTime);
        EventTime time = new EventTime(Long.parseLong(HexFormat.of().formatHex(dateTime), 16));
        Algorithm algorithm = profile.algorithm();
        byte[] random = ByteBuffer.allocate(4).putInt(pending.random).array();
        byte[] session = PurseCrypto.purchaseSessionKey(algorithm, dpk, random, counter, key.psamSeq());
        if (data.getInt() != PurseCrypto.mac(algorithm, session,
                PurseInput.purchaseMac1(pending.amount, pending.type, pending.terminal, time))) {
            return Answers.status(0x9302);
        }
        balance = balance.minus(pending.amount);
        counter++;
        int mac2 = PurseCrypto.mac(algorithm, session, PurseInput.purchaseMac2(pending.amount));
        int tac = PurseCrypto.mac(algorithm, PurseCrypto.tacKey(algorithm, dtk),
                PurseInput.purchaseTac(pending.amount, pending.type, key, time));
        appendLog(counter, pending, dateTime);
        pending.cached.forEach(cached -> files.write(cached.sfi, cached.record, cached.data));
        proof = new Proof(pending.type, counter, mac2, tac);
        return Answers.done(ByteBuffer.allocate(8).putInt(tac).putInt(mac2).array());
    }

    private byte[] prove(Apdu apdu) {
        if (apdu.data().length != 2) {
            return Answers.status(0x6700);
        }
        Proof kept = proof;
        int number = ByteBuffer.wrap(apdu.data()).getShort() & 0xFFFF;
        if (kept == null || kept.type != apdu.p2() || kept.number != number) {
            return Answers.status(0x9406);
        }
        return apdu.fit(ByteBuffer.allocate(8).putInt(kept.mac2).putInt(kept.tac).array());
    }

    private static byte[] amount(Money money) {
        return ByteBuffer.allocate(4).putInt((int) money.fen()).array();
    }

    /** An INIT in force. */
    private record Init(int type, Money amount, TerminalId terminal, int random, List<Cached> cached) {}

    /** What a composite purchase is to write. */
    private static final class Cached {
        private final int sfi;
        private final int record;
        private final byte[] data;

        Cached(int sfi, int record, byte[] data) {
            this.sfi = sfi;
            this.record = record;
            this.data = data;
        }
    }

    /** What proves the latest debit. */
    private record Proof(int type, int number, int mac2, int tac) {}
}
