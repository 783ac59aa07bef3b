package cn.onecard.engine.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signatures of 64 bytes under both schemes, checked by the public key alone. */
class SigningKeyTest {
    private static final byte[] TEXT = "a text".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @EnumSource(SigningKey.Scheme.class)
    void verify_ownSignature_isGoodAndEveryChangedByteIsNot(SigningKey.Scheme scheme) {
        SigningKey key = SigningKey.generate(scheme, new SecureRandom());
        SigningKey.Check check = SigningKey.Check.of(scheme, key.check().encoded());
        byte[] signature = key.sign(TEXT);

        assertThat(signature).hasSize(SigningKey.SIGNATURE_BYTES);
        assertThat(check).isEqualTo(key.check());
        assertThat(check.verify(TEXT, signature)).isTrue();
        for (int at = 0; at < signature.length; at++) {
            signature[at] ^= 1;
            assertThat(check.verify(TEXT, signature)).as("byte %d", at).isFalse();
            signature[at] ^= 1;
        }
        assertThat(check.verify(new byte[0], signature)).isFalse();
        assertThat(check.verify(TEXT, new byte[0])).isFalse();
        assertThat(check.verify(TEXT, new byte[64])).isFalse();
    }

    @ParameterizedTest
    @EnumSource(SigningKey.Scheme.class)
    void verify_signatureOfAnotherKey_isNotGood(SigningKey.Scheme scheme) {
        byte[] signature = SigningKey.generate(scheme, new SecureRandom()).sign(TEXT);

        assertThat(SigningKey.generate(scheme, new SecureRandom()).check().verify(TEXT, signature)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(SigningKey.Scheme.class)
    void of_noKey_isRefused(SigningKey.Scheme scheme) {
        assertThatThrownBy(() -> SigningKey.Check.of(scheme, new byte[5])).isInstanceOf(IllegalArgumentException.class);
    }
}
