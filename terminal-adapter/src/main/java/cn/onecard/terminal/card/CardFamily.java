package cn.onecard.terminal.card;

import cn.onecard.purse.FactorFormat;
import java.util.HexFormat;
import java.util.List;

/** A kind of card, as data: how it is selected, how its file 0015 lies, and which factors the PSAM needs for it.
 *
 *  @param name for people
 *  @param aid what is selected, hexadecimal
 *  @param layout of file 0015
 *  @param factors of its keys */
public record CardFamily(String name, String aid, PublicData.Layout layout, FactorFormat factors) {
    /** In the order in which a validator tries them. */
    public static final List<CardFamily> STANDARD = List.of(
            new CardFamily("T-Union (交通联合)", "A000000632010105", PublicData.Layout.T_UNION, FactorFormat.parse("issuer > asn")),
            new CardFamily("CityUnion (住建部)", "A00000000386980701", PublicData.Layout.MOHURD,
                    FactorFormat.parse("city+FF0000000000 > asn")));

    byte[] aidBytes() {
        return HexFormat.of().parseHex(aid);
    }
}
