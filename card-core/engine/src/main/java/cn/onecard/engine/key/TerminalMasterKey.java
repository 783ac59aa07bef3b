package cn.onecard.engine.key;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/** The key of one bank terminal (TMK, 终端主密钥) under which the host sends the working keys at a sign-on. Thread-safe; the key does
 *  not come out.
 *
 *  <pre>
 *  field 62 of the answer:   PIN key | check value(4) | MAC key | check value(4) [| track key | check value(4)]
 *  </pre>
 *  Each key is enciphered block by block under this one; the check value is the first four bytes of a block of zeros under the
 *  key. One wrong check value refuses them all. Parity bits mean nothing. The track key is checked and not kept: no
 *  track is ever stored or enciphered here. */
public final class TerminalMasterKey {
    private static final int HALF = 8;

    private final BlockKey key;

    private TerminalMasterKey(BlockKey key) {
        this.key = key;
    }

    /** A key of triple DES, of its components, which two or more people bring.
     *
     *  @param components 16 bytes each; the key is their XOR */
    public static TerminalMasterKey ofTdes(List<byte[]> components) {
        return new TerminalMasterKey(new BlockKey(BlockKey.Form.TDES, xor(components)));
    }

    /** A key of SM4, of its components, which two or more people bring.
     *
     *  @param components 16 bytes each; the key is their XOR */
    public static TerminalMasterKey ofSm4(List<byte[]> components) {
        return new TerminalMasterKey(new BlockKey(BlockKey.Form.SM4, xor(components)));
    }

    /** A key that anybody who knows the seed can make again: for demonstrations alone.
     *
     *  @param terminal whose */
    public static TerminalMasterKey demo(long seed, String terminal, SignOnForm form) {
        BlockKey.Form cipher = form == SignOnForm.SM4 ? BlockKey.Form.SM4 : BlockKey.Form.TDES;
        return new TerminalMasterKey(new BlockKey(cipher, KeyRing.demoMaster(seed, "bank terminal " + terminal)));
    }

    /** The key check value, eight digits: what the people compare who brought the components. */
    public String checkValue() {
        return HexFormat.of().withUpperCase().formatHex(key.checkValue());
    }

    /** The working keys that a sign-on brought.
     *
     *  @param parcel field 62 of the answer
     *  @throws KeysUnavailable if it has another length, or a check value is wrong */
    public WorkingKeys open(SignOnForm form, byte[] parcel) {
        requireForm(form);
        if (parcel.length != form.parcelBytes()) {
            throw new KeysUnavailable("the working keys of sign-on " + form.managementCode() + " have " + form.parcelBytes() + " bytes, not " + parcel.length);
        }
        int entry = form.entryBytes();
        BlockKey pin = unwrap("PIN", form.form(), Arrays.copyOfRange(parcel, 0, entry));
        byte[] macEntry = Arrays.copyOfRange(parcel, entry, 2 * entry);
        BlockKey mac = isSingleInDouble(form, macEntry) ? unwrap("MAC", BlockKey.Form.DES, withoutSecondHalf(macEntry)) : unwrap("MAC", form.form(), macEntry);
        if (form.hasTrackKey()) {
            unwrap("track", form.form(), Arrays.copyOfRange(parcel, 2 * entry, 3 * entry));
        }
        return new WorkingKeys(new PinKey(pin), new MacKey(mac));
    }

    /** New working keys and the parcel that brings them: the host's part of a sign-on.
     *
     *  @param random a SecureRandom, but in demonstrations and tests */
    public Issue issue(SignOnForm form, RandomGenerator random) {
        requireForm(form);
        BlockKey pin = random(form.form(), random);
        BlockKey mac = random(form.form(), random);
        ByteArrayOutputStream parcel = new ByteArrayOutputStream();
        List<BlockKey> keys = form.hasTrackKey() ? List.of(pin, mac, random(form.form(), random)) : List.of(pin, mac);
        for (BlockKey working : keys) {
            parcel.writeBytes(key.wrap(working));
            parcel.writeBytes(working.checkValue());
        }
        return new Issue(new WorkingKeys(new PinKey(pin), new MacKey(mac)), parcel.toByteArray());
    }

    /** What a host makes for a sign-on. */
    public static final class Issue {
        private final WorkingKeys keys;
        private final byte[] parcel;

        private Issue(WorkingKeys keys, byte[] parcel) {
            this.keys = keys;
            this.parcel = parcel;
        }

        public WorkingKeys keys() {
            return keys;
        }

        /** Field 62 of the answer. */
        public byte[] parcel() {
            return parcel.clone();
        }
    }

    private BlockKey unwrap(String which, BlockKey.Form form, byte[] entry) {
        BlockKey working = new BlockKey(form, key.decrypt(Arrays.copyOf(entry, form.keyBytes())));
        byte[] sent = Arrays.copyOfRange(entry, form.keyBytes(), entry.length);
        if (!MessageDigest.isEqual(working.checkValue(), sent)) {
            throw new KeysUnavailable("the check value of the " + which + " key of the sign-on is wrong");
        }
        return working;
    }

    private void requireForm(SignOnForm form) {
        if ((form.form() == BlockKey.Form.SM4) != (key.form() == BlockKey.Form.SM4)) {
            throw new IllegalArgumentException("sign-on " + form.managementCode() + " under a master key of " + key.form());
        }
    }

    private static boolean isSingleInDouble(SignOnForm form, byte[] entry) {
        return form.form() == BlockKey.Form.TDES && Arrays.equals(entry, HALF, 2 * HALF, new byte[HALF], 0, HALF);
    }

    private static byte[] withoutSecondHalf(byte[] entry) {
        byte[] single = Arrays.copyOf(entry, HALF + BlockKey.CHECK_BYTES);
        System.arraycopy(entry, 2 * HALF, single, HALF, BlockKey.CHECK_BYTES);
        return single;
    }

    private static BlockKey random(BlockKey.Form form, RandomGenerator random) {
        byte[] key = new byte[form.keyBytes()];
        random.nextBytes(key);
        return new BlockKey(form, key);
    }

    private static byte[] xor(List<byte[]> components) {
        if (components.size() < 2) {
            throw new IllegalArgumentException("a master key has two components or more");
        }
        byte[] key = components.get(0).clone();
        for (byte[] component : components.subList(1, components.size())) {
            if (component.length != key.length) {
                throw new IllegalArgumentException("the components of a key are of one length");
            }
            for (int i = 0; i < key.length; i++) {
                key[i] ^= component[i];
            }
        }
        return key;
    }

    @Override
    public String toString() {
        return "terminal master key " + checkValue();
    }
}
