package cn.onecard.engine.key;

import java.util.Locale;

/** How a bank link makes the MAC of its messages (报文鉴别码), a setting of the link. The first part is the algorithm, the second what
 *  of it is sent: eight bytes as they are, or the first eight hexadecimal digits in ASCII. */
public enum MacMethod {
    /** UnionPay's ECB algorithm with single DES. */
    CUP_ECB_DES(BlockKey.Form.DES, true),
    /** UnionPay's ECB algorithm with two-key triple DES. */
    CUP_ECB_3DES(BlockKey.Form.TDES, true),
    /** UnionPay's ECB algorithm with SM4, in blocks of 16 bytes. */
    CUP_ECB_SM4(BlockKey.Form.SM4, true),
    /** X9.19 (ISO/IEC 9797-1 algorithm 3, padding 1), as it is. */
    X919_RAW8(BlockKey.Form.TDES, false),
    /** X9.19, in digits. */
    X919_HEX8(BlockKey.Form.TDES, true),
    /** CBC-MAC of single DES, as it is. */
    CBC_DES(BlockKey.Form.DES, false),
    /** CBC-MAC of SM4, its first eight bytes. */
    CBC_SM4_RAW8(BlockKey.Form.SM4, false),
    /** CBC-MAC of SM4, in digits. */
    CBC_SM4_HEX8(BlockKey.Form.SM4, true);

    private final BlockKey.Form form;
    private final boolean digits;

    MacMethod(BlockKey.Form form, boolean digits) {
        this.form = form;
        this.digits = digits;
    }

    /** The method of that name, in any case. */
    public static MacMethod parse(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    BlockKey.Form form() {
        return form;
    }

    boolean isSentInDigits() {
        return digits;
    }
}
