package cn.onecard.engine.key;

import java.util.Arrays;
import java.util.Optional;

/** Which working keys a sign-on (签到) brings, by the management code of its field 60.3. */
public enum SignOnForm {
    /** PIN key and MAC key of single DES. */
    SINGLE("001", BlockKey.Form.DES, false),
    /** PIN key and MAC key of triple DES; the MAC key may be of single DES, with eight zeros for its other half. */
    DOUBLE("003", BlockKey.Form.TDES, false),
    /** As {@link #DOUBLE}, and a key for tracks. */
    DOUBLE_WITH_TRACK_KEY("004", BlockKey.Form.TDES, true),
    /** PIN key, MAC key and track key of SM4. */
    SM4("006", BlockKey.Form.SM4, true);

    private final String managementCode;
    private final BlockKey.Form form;
    private final boolean trackKey;

    SignOnForm(String managementCode, BlockKey.Form form, boolean trackKey) {
        this.managementCode = managementCode;
        this.form = form;
        this.trackKey = trackKey;
    }

    /** The form of a management code, if it is one of a sign-on. */
    public static Optional<SignOnForm> findByCode(String managementCode) {
        return Arrays.stream(values()).filter(form -> form.managementCode.equals(managementCode)).findFirst();
    }

    /** Field 60.3. */
    public String managementCode() {
        return managementCode;
    }

    BlockKey.Form form() {
        return form;
    }

    boolean hasTrackKey() {
        return trackKey;
    }

    /** Bytes of the parcel of keys, field 62 of the answer. */
    int parcelBytes() {
        return (trackKey ? 3 : 2) * entryBytes();
    }

    int entryBytes() {
        return form.keyBytes() + BlockKey.CHECK_BYTES;
    }
}
