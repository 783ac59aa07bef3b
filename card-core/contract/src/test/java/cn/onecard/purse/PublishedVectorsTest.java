package cn.onecard.purse;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.purse.PurseInput.TerminalTime;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TapKey;
import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every published vector: tutorials, traces of real cards, the chip manual (FMCOS 2.0), a key-loading example and
 *  GB/T 32907-2016, each with its source in {@code card-vectors.json}. They are the only evidence we have that the rules of
 *  the purse are right; no published vector covers type 09, two-level diversification or SM4 above the block cipher. */
class PublishedVectorsTest {
    /** What this room does not make: the framing of commands without a code in them, and the IV inside a function. */
    private static final Set<String> NOT_OF_THIS_ROOM = Set.of("initCommand", "command", "icv");

    static Stream<Arguments> cases() {
        return StreamSupport.stream(Vector.file("card-vectors.json").get("cases").spliterator(), false)
                .map(vector -> Arguments.of(vector.get("id").asText(), vector));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void compute_publishedVector_givesEveryExpectedValue(String id, JsonNode vector) {
        Map<String, String> computed = compute(vector.get("kind").asText(), new Vector(vector.get("inputs")));

        int compared = 0;
        for (Map.Entry<String, JsonNode> expected : vector.get("expected").properties()) {
            if (!NOT_OF_THIS_ROOM.contains(expected.getKey())) {
                assertThat(computed).as(id).containsEntry(expected.getKey(), expected.getValue().asText());
                compared++;
            }
        }
        assertThat(compared).as("values compared in " + id).isPositive();
    }

    @Test
    void file_asDelivered_holdsAllThirteenCases() {
        assertThat(cases().map(arguments -> arguments.get()[0])).containsExactly("V1", "V2", "V3a", "V3b", "V3c", "V5",
                "V6a", "V6b", "V6c", "V7a", "V7b", "V7c", "SM4-GBT32907-1");
    }

    private static Map<String, String> compute(String kind, Vector in) {
        return switch (kind) {
            case "load" -> load(in);
            case "purchase" -> purchase(in);
            case "external-auth" -> Map.of("cryptogram",
                    Vector.hex(PurseCrypto.encryptBlock(Algorithm.TDES, in.bytes("key"), Vector.parse(in.text("challenge") + "00000000"))));
            case "internal-auth-encrypt" -> Map.of("result",
                    Vector.hex(PurseCrypto.encryptBlock(Algorithm.TDES, in.bytes("key"), in.bytes("data"))));
            case "internal-auth-mac" -> Map.of("mac", Vector.hex(PurseCrypto.mac(Algorithm.TDES, in.bytes("key"), in.bytes("data"))));
            case "diversify" -> diversify(in);
            case "secure-messaging-encrypt" -> encipher(in);
            case "secure-messaging-mac" -> Map.of("mac", Vector.hex(PurseCrypto.secureMessagingMac(
                    in.bytes("key"), in.bytes("challenge"), Vector.parse(in.text("header") + in.text("data")))));
            case "block-encrypt" -> Map.of("ciphertext",
                    Vector.hex(PurseCrypto.encryptBlock(Algorithm.SM4, in.bytes("key"), in.bytes("plaintext"))));
            default -> throw new IllegalArgumentException("no rule for vectors of kind " + kind);
        };
    }

    private static Map<String, String> load(Vector in) {
        byte[] session = PurseCrypto.loadSessionKey(Algorithm.TDES, in.bytes("key"), in.bytes("random"), in.integer("onlineSeq"));
        Money amount = in.money("amount");
        int type = in.integer("type");
        Map<String, String> computed = new HashMap<>();
        computed.put("sessionKey", Vector.hex(session));
        computed.put("mac1", mac(session, PurseInput.loadMac1(in.money("oldBalance"), amount, type, in.terminal())));
        if (in.inputs().has("dateTime")) {
            String mac2 = mac(session, PurseInput.loadMac2(amount, type, in.terminal(), in.time()));
            computed.put("mac2", mac2);
            computed.put("creditCommand", "805200000B" + in.text("dateTime") + mac2);
        }
        if (in.inputs().has("dtk")) {
            Money newBalance = in.money("oldBalance").plus(amount);
            computed.put("newBalance", String.format(Locale.ROOT, "%08X", newBalance.fen()));
            byte[] tacKey = PurseCrypto.tacKey(Algorithm.TDES, in.bytes("dtk"));
            computed.put("tacKey", Vector.hex(tacKey));
            computed.put("tac", mac(tacKey, PurseInput.loadTac(newBalance, in.integer("onlineSeq"), amount, type,
                    new TerminalTime(in.terminal(), in.time()))));
        }
        return computed;
    }

    private static Map<String, String> purchase(Vector in) {
        long sequence = in.number("termSeq");
        byte[] session = PurseCrypto.purchaseSessionKey(Algorithm.TDES, in.bytes("key"), in.bytes("random"), in.integer("offlineSeq"), sequence);
        byte[] tacKey = PurseCrypto.tacKey(Algorithm.TDES, in.bytes("dtk"));
        int type = in.integer("type");
        String mac1 = mac(session, PurseInput.purchaseMac1(in.money("amount"), type, in.terminal(), in.time()));
        String mac2 = mac(session, PurseInput.purchaseMac2(in.money("amount")));
        String tac = mac(tacKey, PurseInput.purchaseTac(in.money("amount"), type, new TapKey(in.terminal(), sequence), in.time()));
        return Map.of("sessionKey", Vector.hex(session), "tacKey", Vector.hex(tacKey), "mac1", mac1, "mac2", mac2, "tac", tac,
                "debitCommand", "805401000F" + in.text("termSeq") + in.text("dateTime") + mac1 + "08",
                "debitResponse", tac + mac2);
    }

    private static Map<String, String> diversify(Vector in) {
        byte[] direct = PurseCrypto.diversify(Algorithm.TDES, in.bytes("masterKey"), in.bytes("factor"));
        byte[] asScheme = FactorFormat.parse("issuer").cardKey(Algorithm.TDES, in.bytes("masterKey"), new CardNo(0, 0), in.number("factor"), 0);
        assertThat(asScheme).isEqualTo(direct);
        return Map.of("derivedKey", Vector.hex(direct));
    }

    /** The padded text is not visible from outside, so it is what the JDK deciphers. */
    private static Map<String, String> encipher(Vector in) {
        byte[] ciphertext = PurseCrypto.secureMessagingEncrypt(in.bytes("key"), in.bytes("plaintext"));
        try {
            Cipher jdk = Cipher.getInstance("DESede/ECB/NoPadding");
            jdk.init(Cipher.DECRYPT_MODE, new SecretKeySpec(Vector.parse(in.text("key") + in.text("key").substring(0, 16)), "DESede"));
            return Map.of("ciphertext", Vector.hex(ciphertext), "padded", Vector.hex(jdk.doFinal(ciphertext)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String mac(byte[] key, byte[] input) {
        return Vector.hex(PurseCrypto.mac(Algorithm.TDES, key, input));
    }
}
