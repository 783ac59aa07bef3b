package cn.onecard.wire;

import cn.onecard.vocabulary.CardNo;

/** What the terminal read of the card itself. None of it is covered by the TAC, but the card number decides the key.
 *
 *  @param cardNo the card number
 *  @param cardClass card type byte, 0 to 255
 *  @param cardKind concession class byte, 0 to 255
 *  @param issuerId issuer id of file 0015, eight bytes as a number
 *  @param city city code, two bytes
 *  @param keyVersion key version that INIT answered, 0 to 255
 *  @param algorithm algorithm byte that INIT answered, 0 to 255; kept, never decided by */
public record CardFace(CardNo cardNo, int cardClass, int cardKind, long issuerId, int city, int keyVersion, int algorithm) {
    public CardFace {
        Range.check("card_class", cardClass, 0xFF);
        Range.check("card_kind", cardKind, 0xFF);
        Range.check("city", city, 0xFFFF);
        Range.check("key_version", keyVersion, 0xFF);
        Range.check("algorithm", algorithm, 0xFF);
    }
}
