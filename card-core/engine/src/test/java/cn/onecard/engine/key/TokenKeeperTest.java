package cn.onecard.engine.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.testing.City;
import cn.onecard.engine.testing.SoftToken;
import cn.onecard.purse.FactorFormat;
import cn.onecard.vocabulary.Algorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys in a PKCS#11 token, and a token that goes away. */
class TokenKeeperTest extends KeyKeeperContract {
    private static final KeyId TDES = new KeyId(KeyUsage.TAC, 1, Algorithm.TDES);
    private static final KeyId SM4 = new KeyId(KeyUsage.TAC, 1, Algorithm.SM4);
    private static final FactorFormat FORMAT = FactorFormat.parse("issuer > asn");

    @Override
    void setUp() throws IOException {
        SoftToken.orSkip().keepKeysOf(folder);
    }

    @Test
    void master_ofTripleDes_doesNotLeaveTheTokenAndLiesInNoFile() throws Exception {
        KeyRing ring = keeper.beginDemo(7);
        assertThat(ring.canLeave(TDES)).isFalse();
        assertThatThrownBy(() -> ring.master(TDES)).isInstanceOf(KeysUnavailable.class).hasMessageContaining("does not leave");
        String lines = SealedFile.read(keeper.file(), keeper::seal).lines();
        HexFormat hex = HexFormat.of();
        assertThat(lines).contains(hex.formatHex(KeyRing.demo(7).master(SM4))).doesNotContain(hex.formatHex(KeyRing.demo(7).master(TDES)));
        assertThat(ring.canLeave(SM4)).as("no token of ours knows SM4: it is sealed beside").isTrue();
    }

    @Test
    void findCardKey_sessionsOrLibraryEnded_goesOnAsBefore() throws Exception {
        KeyRing ring = keeper.beginDemo(7);
        byte[] before = cardKey(ring);
        SoftToken.orSkip().closeSessions(TokenSlots.slot(SoftToken.LIBRARY, SoftToken.LABEL));
        assertThat(cardKey(ring)).isEqualTo(before);
        SoftToken.orSkip().end();
        assertThat(cardKey(ring)).isEqualTo(before);
        assertThat(keeper.isReady()).isTrue();
    }

    @Test
    void findCardKey_tokenPulled_saysSoAndGoesOnWhenItIsBack() throws Exception {
        KeyRing ring = keeper.beginDemo(7);
        byte[] before = cardKey(ring);
        SoftToken.orSkip().pull();
        try {
            assertThatThrownBy(() -> cardKey(ring)).isInstanceOf(KeysUnavailable.class).hasMessageContaining("there is no token 'onecard test'");
            assertThat(keeper.isReady()).isFalse();
            assertThatThrownBy(() -> keeper.refresh()).isInstanceOf(KeysUnavailable.class);
        } finally {
            SoftToken.orSkip().putBack();
        }
        keeper.refresh();
        assertThat(keeper.isReady()).isTrue();
        assertThat(cardKey(ring)).isEqualTo(before);
    }

    @Test
    void refresh_keyInTheTokenIsAnother_isNoticed() throws Exception {
        keeper.beginDemo(7);
        new Token(new Token.Place(SoftToken.LIBRARY, SoftToken.LABEL, folder.resolve("token.pin"))).bring("onecard-demo-tac-1-tdes", new byte[16]);
        KeyKeeper again = KeyKeeper.of(folder);
        assertThatThrownBy(again::refresh).isInstanceOf(KeysUnavailable.class).hasMessageContaining("onecard-demo-tac-1-tdes").hasMessageContaining("check value");
        assertThat(again.isReady()).isFalse();
    }

    @Test
    void ring_wrongPin_isOfferedOnce() throws Exception {
        keeper.beginDemo(7);
        SoftToken.orSkip().end();        // a token logs a process in: until then any PIN would do
        Files.writeString(keeper.secretFile(), "0000\n");
        KeyKeeper wrong = KeyKeeper.of(folder);
        assertThatThrownBy(wrong::ring).isInstanceOf(KeysUnavailable.class).hasMessageContaining("refuses the PIN in");
        assertThatThrownBy(wrong::ring).isInstanceOf(KeysUnavailable.class).hasMessageContaining("not tried again");
        Files.writeString(keeper.secretFile(), SoftToken.PIN + "\n");
        assertThat(wrong.ring().isDemo()).isTrue();
    }

    @Test
    void ring_noSuchToken_namesThoseThereAre() throws Exception {
        keeper.beginDemo(7);
        SoftToken.orSkip().name(folder, "another");
        assertThatThrownBy(() -> KeyKeeper.of(folder).ring()).isInstanceOf(KeysUnavailable.class).hasMessageContaining("there is no token 'another'")
                .hasMessageContaining(SoftToken.LABEL);
    }

    @Test
    void ring_fileChangedByHand_isRefused() throws Exception {
        keeper.beginDemo(7);
        String text = new String(Files.readAllBytes(keeper.file()), StandardCharsets.ISO_8859_1);
        Files.writeString(keeper.file(), text.replaceFirst("demo=true", "demo=false"), StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> KeyKeeper.of(folder).ring()).isInstanceOf(KeysUnavailable.class).hasMessageContaining("sealed under another key, or changed");
    }

    @Test
    void findCardKey_manyAtOnceAfterSessionsEnded_areAllRight() throws Exception {
        KeyRing ring = keeper.beginDemo(7);
        byte[] expected = cardKey(ring);
        long slot = TokenSlots.slot(SoftToken.LIBRARY, SoftToken.LABEL);
        SoftToken.orSkip().closeSessions(slot);        // while nobody calls: SoftHSM frees a session that another thread still uses
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<List<byte[]>>> all = IntStream.range(0, 4).mapToObj(thread -> threads.submit(() -> IntStream.range(0, 200).mapToObj(i -> cardKey(ring)).toList())).toList();
            for (Future<List<byte[]>> one : all) {
                assertThat(one.get()).hasSize(200).allSatisfy(key -> assertThat(key).isEqualTo(expected));
            }
        }
    }

    private static byte[] cardKey(KeyRing ring) {
        return ring.findCardKey(TDES, FORMAT, City.ORDINARY, City.ISSUER, City.CITY_CODE).orElseThrow();
    }
}
