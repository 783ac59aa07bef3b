package cn.onecard.engine.rail.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.key.SigningKey;
import cn.onecard.engine.rail.qr.CodeJudgement.Reason;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A code is good at its time and under its key, and at no other. */
class CityCodeTest {
    private static final Instant ISSUED = Instant.parse("2026-11-25T08:00:00Z");
    private static final CityCode.Key KEY = new CityCode.Key(new PartyId(900_001), 65_535);
    private static final UUID TOKEN = UUID.fromString("7b3f0c52-94d1-4c0e-8a86-1d2f3a4b5c6d");
    private static final CityCode RIDE = code(CityCode.Kind.RIDE, 300, 600);
    private static final SigningKey SIGNING = SigningKey.generate(SigningKey.Scheme.ED25519, new SecureRandom());

    @ParameterizedTest
    @EnumSource(SigningKey.Scheme.class)
    void judge_ownCode_isVerifiedUnderEitherScheme(SigningKey.Scheme scheme) {
        SigningKey key = SigningKey.generate(scheme, new SecureRandom());
        String text = RIDE.sign(key::sign);

        assertThat(text).startsWith("OC1").hasSize(143).matches("[A-Za-z0-9_-]+");
        assertThat(judge(text, known(key), ISSUED)).isInstanceOfSatisfying(VerifiedCode.class, verified -> assertThat(verified.code()).isEqualTo(RIDE));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # seconds after it was issued,  answer
        -31,                            NOT_YET_VALID
        -30,
        0,
        299,
        300,                            EXPIRED
        100000,                         EXPIRED
        """)
    void judge_atAnyTime_isGoodFromIssueToExpiry(long seconds, Reason refused) {
        CodeJudgement judgement = judge(RIDE.sign(SIGNING::sign), known(SIGNING), ISSUED.plusSeconds(seconds));

        if (refused == null) {
            assertThat(judgement).isInstanceOf(VerifiedCode.class);
        } else {
            assertThat(judgement).isEqualTo(new CodeJudgement.Refused(refused));
        }
    }

    @Test
    void judge_severalReasons_answersTheFirst() {
        String text = RIDE.sign(SIGNING::sign);
        SigningKey other = SigningKey.generate(SigningKey.Scheme.ED25519, new SecureRandom());
        Instant late = ISSUED.plusSeconds(1_000);

        assertThat(judge(text, key -> Optional.empty(), late)).isEqualTo(new CodeJudgement.Refused(Reason.KEY_UNKNOWN));
        assertThat(judge(text, known(other), late)).isEqualTo(new CodeJudgement.Refused(Reason.SIGNATURE_WRONG));
        assertThat(judge(text.substring(1), key -> Optional.empty(), late)).isEqualTo(new CodeJudgement.Refused(Reason.MALFORMED));
    }

    @Test
    void judge_anyBitChanged_isRefused() {
        byte[] bytes = Base64.getUrlDecoder().decode(RIDE.sign(SIGNING::sign).substring(3));
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            String changed = "OC1" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            assertThat(judge(changed, known(SIGNING), ISSUED)).as("bit %d", bit).isInstanceOf(CodeJudgement.Refused.class);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "OC1", "OC1====", "6212340000000000012", "OC1AAAA"})
    void judge_noCode_isMalformed(String text) {
        assertThat(judge(text, known(SIGNING), ISSUED)).isEqualTo(new CodeJudgement.Refused(Reason.MALFORMED));
    }

    @Test
    void judge_filledBase64_isMalformed() {
        assertThat(judge(RIDE.sign(SIGNING::sign) + "=", known(SIGNING), ISSUED)).isEqualTo(new CodeJudgement.Refused(Reason.MALFORMED));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        RIDE,     301,  600
        PAYMENT,  61,   600
        PAYMENT,  0,    600
        PAYMENT,  60,   -1
        PAYMENT,  60,   4294967296
        """)
    void constructor_outOfBounds_isRefused(CityCode.Kind kind, int lifetime, long limitFen) {
        assertThatThrownBy(() -> code(kind, lifetime, limitFen)).isInstanceOf(MalformedCode.class);
    }

    @Test
    void judge_largestValues_areReadBack() {
        CityCode code = new CityCode(CityCode.Kind.PAYMENT, KEY, TOKEN, new CityCode.Validity(Instant.ofEpochSecond(0xFFFF_FFFFL), Duration.ofSeconds(60)),
                -1, Money.ofFen(0xFFFF_FFFFL));

        assertThat(judge(code.sign(SIGNING::sign), known(SIGNING), Instant.ofEpochSecond(0xFFFF_FFFFL)))
                .isInstanceOfSatisfying(VerifiedCode.class, verified -> assertThat(verified.code()).isEqualTo(code));
    }

    @Test
    void toString_anyCode_showsNeitherTokenNorNonce() {
        assertThat(RIDE.toString()).contains("RIDE").doesNotContain("7b3f0c52").doesNotContain("4711");
    }

    private static CityCode code(CityCode.Kind kind, int lifetime, long limitFen) {
        return new CityCode(kind, KEY, TOKEN, new CityCode.Validity(ISSUED, Duration.ofSeconds(lifetime)), 4711, Money.ofFen(limitFen));
    }

    private static Function<CityCode.Key, Optional<CodeCheck>> known(SigningKey key) {
        SigningKey.Check check = key.check();
        return wanted -> wanted.equals(KEY) ? Optional.of(check::verify) : Optional.empty();
    }

    private static CodeJudgement judge(String text, Function<CityCode.Key, Optional<CodeCheck>> checks, Instant now) {
        return CityCode.judge(text, checks, new CityCode.Moment(now, Duration.ofSeconds(30)));
    }
}
