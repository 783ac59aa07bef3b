package cn.onecard.purse;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.purse.PurseInput.TerminalTime;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.TapKey;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Regression, not evidence: values computed from our own rules where nothing is published (two levels of
 *  diversification, type 09, SM4). They show that the code has not changed; a better source overrules them. */
class HouseVectorsTest {
    private static final JsonNode FILE = Vector.file("house-vectors.json");
    private static final Vector IN = new Vector(FILE.get("inputs"));
    private static final int PURCHASE = 0x06;
    private static final int COMPOSITE = 0x09;

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void compute_houseVector_hasNotChanged(Algorithm algorithm) {
        JsonNode expected = FILE.get("expected").get(algorithm.name());
        Map<String, String> computed = compute(algorithm);

        expected.properties().forEach(field -> assertThat(computed).containsEntry(field.getKey(), field.getValue().asText()));
        assertThat(expected.properties()).hasSizeGreaterThanOrEqualTo(12);
    }

    private static Map<String, String> compute(Algorithm algorithm) {
        CardNo card = new CardNo(0, IN.number("asn8"));
        long issuer = IN.number("issuer");
        FactorFormat twoLevels = FactorFormat.parse("issuer > asn");
        byte[] cardKey = twoLevels.cardKey(algorithm, IN.bytes("masterKey"), card, issuer, 0);
        byte[] dtk = twoLevels.cardKey(algorithm, IN.bytes("tacMasterKey"), card, issuer, 0);
        Map<String, String> computed = new LinkedHashMap<>();
        computed.put("levelOneKey", Vector.hex(FactorFormat.parse("issuer").cardKey(algorithm, IN.bytes("masterKey"), card, issuer, 0)));
        computed.put("cardKey", Vector.hex(cardKey));
        computed.put("dtk", Vector.hex(dtk));
        purchase(algorithm, cardKey, dtk, computed);
        load(algorithm, cardKey, dtk, computed);
        return computed;
    }

    private static void purchase(Algorithm algorithm, byte[] dpk, byte[] dtk, Map<String, String> computed) {
        byte[] session = PurseCrypto.purchaseSessionKey(algorithm, dpk, IN.bytes("random"), IN.integer("counter"), IN.number("termSeq"));
        byte[] tacKey = PurseCrypto.tacKey(algorithm, dtk);
        TapKey key = new TapKey(IN.terminal(), IN.number("termSeq"));
        computed.put("purchaseSessionKey", Vector.hex(session));
        computed.put("purchaseMac1", mac(algorithm, session, PurseInput.purchaseMac1(IN.money("amount"), PURCHASE, IN.terminal(), IN.time())));
        computed.put("compositeMac1", mac(algorithm, session, PurseInput.purchaseMac1(IN.money("amount"), COMPOSITE, IN.terminal(), IN.time())));
        computed.put("mac2", mac(algorithm, session, PurseInput.purchaseMac2(IN.money("amount"))));
        computed.put("purchaseTac", mac(algorithm, tacKey, PurseInput.purchaseTac(IN.money("amount"), PURCHASE, key, IN.time())));
        computed.put("compositeTac", mac(algorithm, tacKey, PurseInput.purchaseTac(IN.money("amount"), COMPOSITE, key, IN.time())));
    }

    private static void load(Algorithm algorithm, byte[] dlk, byte[] dtk, Map<String, String> computed) {
        byte[] session = PurseCrypto.loadSessionKey(algorithm, dlk, IN.bytes("random"), IN.integer("counter"));
        int type = IN.integer("loadType");
        computed.put("loadSessionKey", Vector.hex(session));
        computed.put("loadMac1", mac(algorithm, session, PurseInput.loadMac1(IN.money("oldBalance"), IN.money("amount"), type, IN.terminal())));
        computed.put("loadMac2", mac(algorithm, session, PurseInput.loadMac2(IN.money("amount"), type, IN.terminal(), IN.time())));
        computed.put("loadTac", mac(algorithm, PurseCrypto.tacKey(algorithm, dtk), PurseInput.loadTac(IN.money("newBalance"),
                IN.integer("counter"), IN.money("amount"), type, new TerminalTime(IN.terminal(), IN.time()))));
    }

    private static String mac(Algorithm algorithm, byte[] key, byte[] input) {
        return Vector.hex(PurseCrypto.mac(algorithm, key, input));
    }
}
