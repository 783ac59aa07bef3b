package cn.onecard.terminal.sim;

import cn.onecard.purse.PurseCrypto;
import cn.onecard.purse.PurseInput;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A PSAM (消费安全存取模块) for T-Union cards, T=0. The sequence moves on with every INIT SAM FOR PURCHASE; that command's
 *  factors come card first and are applied to the master key in the opposite order.
 *
 *  <pre>
 *  00B0960006  terminal number     00A4  SELECT     00B0970019  key and issuer file
 *  8070  INIT SAM FOR PURCHASE     8072  CREDIT SAM FOR PURCHASE     00C0  GET RESPONSE
 *  801A  DELIVERY KEY              80FA  CIPHER DATA (MAC only)
 *  </pre> */
public final class VirtualPsam implements VirtualDevice {
    private static final byte[] ATR = HexFormat.of().parseHex("3B021450");
    private static final byte[] APPLICATION = HexFormat.of().parseHex("A0000006324D4F542E43505453414D3031");
    private static final int KEY_INDEX = 0x01;

    private final TerminalId terminal;
    private final List<PsamKey> keys;
    private final T0Protocol t0 = new T0Protocol();
    // What follows changes under the monitor only.
    private long nextSeq;
    private boolean selected;
    private @Nullable Session session;
    private byte[] maintenanceMaster = new byte[0];   // empty: this PSAM can block no card
    private int maintenanceIndex;
    private byte[] delivered = new byte[0];           // empty: no key was delivered

    private VirtualPsam(TerminalId terminal, long firstSeq, List<PsamKey> keys) {
        this.terminal = terminal;
        this.nextSeq = firstSeq;
        this.keys = List.copyOf(keys);
    }

    /** A PSAM as it is delivered.
     *
     *  @param terminal its number
     *  @param firstSeq the sequence that the first INIT SAM FOR PURCHASE answers
     *  @param keys one for each key version and algorithm */
    public static VirtualPsam personalised(TerminalId terminal, long firstSeq, List<PsamKey> keys) {
        return new VirtualPsam(terminal, firstSeq, keys);
    }

    /** Writes the master key that applications are blocked by.
     *
     *  @param index by which DELIVERY KEY finds it, 0 to 255
     *  @param master 16 bytes, 3DES */
    public synchronized void setMaintenanceKey(int index, byte[] master) {
        maintenanceIndex = index;
        maintenanceMaster = master.clone();
    }

    public TerminalId terminal() {
        return terminal;
    }

    /** The sequence that the next INIT SAM FOR PURCHASE answers. */
    public synchronized long nextSeq() {
        return nextSeq;
    }

    @Override
    public byte[] atr() {
        return ATR.clone();
    }

    @Override
    public synchronized void reset() {
        selected = false;
        session = null;
        delivered = new byte[0];
        t0.reset();
    }

    @Override
    public synchronized byte[] process(byte[] command) {
        return command.length < 4 ? Answers.status(0x6700) : t0.exchange(command, this::execute);
    }

    private byte[] execute(byte[] command) {
        Apdu apdu = new Apdu(command);
        return switch (apdu.claIns()) {
            case 0x00A4 -> select(apdu);
            case 0x00B0 -> readBinary(apdu);
            case 0x8070 -> selected ? initialise(apdu) : Answers.status(0x6985);
            case 0x8072 -> selected ? credit(apdu) : Answers.status(0x6985);
            case 0x801A -> selected ? deliver(apdu) : Answers.status(0x6985);
            case 0x80FA -> selected ? cipher(apdu) : Answers.status(0x6985);
            default -> Answers.status(0x6D00);
        };
    }

    private byte[] select(Apdu apdu) {
        if (apdu.p1() != 0x04 || !Arrays.equals(apdu.data(), APPLICATION)) {
            return Answers.status(0x6A82);
        }
        selected = true;
        session = null;
        return Answers.done(HexFormat.of().parseHex("6F138411A0000006324D4F542E43505453414D3031"));
    }

    private byte[] readBinary(Apdu apdu) {
        if (apdu.p1() == 0x96) {
            return apdu.fit(ByteBuffer.allocate(6).putShort((short) (terminal.value() >>> 32)).putInt((int) terminal.value()).array());
        }
        if (apdu.p1() == 0x97 && selected) {
            return apdu.fit(ByteBuffer.allocate(25).put((byte) KEY_INDEX).putLong(0x01L).putLong(0x01L)
                    .putInt(0x20200101).putInt(0x20491231).array());
        }
        return Answers.status(0x6A82);
    }

    private byte[] initialise(Apdu apdu) {
        int factorBytes = apdu.data().length - 20;
        if (factorBytes < 8 || factorBytes % 8 != 0) {
            return Answers.status(0x6700);
        }
        ByteBuffer data = ByteBuffer.wrap(apdu.data());
        byte[] random = new byte[4];
        data.get(random);
        int counter = data.getShort() & 0xFFFF;
        Money amount = Money.ofFen(Integer.toUnsignedLong(data.getInt()));
        int type = data.get() & 0xFF;
        byte[] dateTime = new byte[7];
        data.get(dateTime);
        int keyVersion = data.get() & 0xFF;
        int algorithmByte = data.get() & 0xFF;
        PsamKey master = keys.stream().filter(k -> k.fits(keyVersion, algorithmByte)).findFirst().orElse(null);
        if (master == null) {
            return Answers.status(0x6A88);
        }
        byte[] key = diversified(master.algorithm(), master.mpk(), apdu.data(), 20);
        long seq = nextSeq;
        nextSeq = (seq + 1) & 0xFFFF_FFFFL;
        byte[] sessionKey = PurseCrypto.purchaseSessionKey(master.algorithm(), key, random, counter, seq);
        EventTime time = new EventTime(Long.parseLong(HexFormat.of().formatHex(dateTime), 16));
        int mac1 = PurseCrypto.mac(master.algorithm(), sessionKey, PurseInput.purchaseMac1(amount, type, terminal, time));
        session = new Session(PurseCrypto.mac(master.algorithm(), sessionKey, PurseInput.purchaseMac2(amount)));
        return Answers.done(ByteBuffer.allocate(8).putInt((int) seq).putInt(mac1).array());
    }

    private byte[] credit(Apdu apdu) {
        Session current = session;
        if (current == null) {
            return Answers.status(0x6901);
        }
        if (apdu.data().length != 4) {
            return Answers.status(0x6700);
        }
        session = null;
        return Answers.status(ByteBuffer.wrap(apdu.data()).getInt() == current.mac2 ? 0x9000 : 0x9302);
    }

    /** P1 is the number of levels in the upper three bits and 5, for a MAC, below. */
    private byte[] deliver(Apdu apdu) {
        byte[] factors = apdu.data();
        if (maintenanceMaster.length == 0 || apdu.p2() != maintenanceIndex) {
            return Answers.status(0x6A88);
        }
        if (factors.length == 0 || apdu.p1() != (((factors.length / 8) << 5) | 0x05)) {
            return Answers.status(0x6A86);
        }
        delivered = diversified(Algorithm.TDES, maintenanceMaster, factors, 0);
        return Answers.status(0x9000);
    }

    /** The data is the IV and whole blocks, padded by the caller with 80 00.... */
    private byte[] cipher(Apdu apdu) {
        byte[] data = apdu.data();
        if (apdu.p1() != 0x05 || delivered.length == 0) {
            return Answers.status(0x6985);
        }
        int end = data.length - 1;
        while (end > 8 && data[end] == 0) {
            end--;
        }
        if (data.length < 16 || data.length % 8 != 0 || data[end] != (byte) 0x80) {
            return Answers.status(0x6A80);
        }
        int mac = PurseCrypto.secureMessagingMac(delivered, Arrays.copyOf(data, 8), Arrays.copyOfRange(data, 8, end));
        return Answers.done(ByteBuffer.allocate(4).putInt(mac).array());
    }

    private static byte[] diversified(Algorithm algorithm, byte[] master, byte[] data, int from) {
        byte[] key = master;
        for (int at = data.length - 8; at >= from; at -= 8) {
            key = PurseCrypto.diversify(algorithm, key, Arrays.copyOfRange(data, at, at + 8));
        }
        return key;
    }

    /** A purchase whose MAC2 is awaited. */
    private record Session(int mac2) {}
}
