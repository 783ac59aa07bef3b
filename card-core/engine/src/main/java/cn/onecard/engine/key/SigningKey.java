package cn.onecard.engine.key;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** The private key by which the codes of passengers and payers are signed. Thread-safe; the key does not come out. A signature
 *  has 64 bytes under either scheme. */
public final class SigningKey {
    /** Bytes of a signature. */
    public static final int SIGNATURE_BYTES = 64;

    private static final int SECRET_BYTES = 32;

    private final Scheme scheme;
    private final CipherParameters key;
    private final CipherParameters publicKey;

    /** The schemes of signature. */
    public enum Scheme {
        /** Ed25519 (RFC 8032). */
        ED25519,
        /** SM2 with SM3 (GB/T 32918), user id 1234567812345678, r and s of 32 bytes each. */
        SM2
    }

    private SigningKey(Scheme scheme, CipherParameters key, CipherParameters publicKey) {
        this.scheme = scheme;
        this.key = key;
        this.publicKey = publicKey;
    }

    /** A new key. */
    public static SigningKey generate(Scheme scheme, SecureRandom random) {
        return ofSecret(scheme, switch (scheme) {
            case ED25519 -> new Ed25519PrivateKeyParameters(random).getEncoded();
            case SM2 -> BigIntegers.asUnsignedByteArray(SECRET_BYTES,
                    BigIntegers.createRandomInRange(BigInteger.ONE, Sm2.CURVE.getN().subtract(BigInteger.TWO), random));
        });
    }

    /** The key of its 32 secret bytes. */
    static SigningKey ofSecret(Scheme scheme, byte[] secret) {
        return switch (scheme) {
            case ED25519 -> {
                Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(secret, 0);
                yield new SigningKey(scheme, key, key.generatePublicKey());
            }
            case SM2 -> {
                BigInteger scalar = new BigInteger(1, secret);
                if (scalar.signum() == 0 || scalar.compareTo(Sm2.CURVE.getN().subtract(BigInteger.ONE)) >= 0) {
                    throw new KeysUnavailable("a private key of SM2 is less than the order of the curve");
                }
                ECPublicKeyParameters publicKey =
                        new ECPublicKeyParameters(new FixedPointCombMultiplier().multiply(Sm2.CURVE.getG(), scalar), Sm2.CURVE);
                yield new SigningKey(scheme, new ECPrivateKeyParameters(scalar, Sm2.CURVE), publicKey);
            }
        };
    }

    /** The 32 secret bytes, for the key's file alone. */
    byte[] secret() {
        return switch (key) {
            case Ed25519PrivateKeyParameters ed -> ed.getEncoded();
            case ECPrivateKeyParameters sm2 -> BigIntegers.asUnsignedByteArray(SECRET_BYTES, sm2.getD());
            default -> throw new IllegalStateException("a key of neither scheme");
        };
    }

    /** The signature of a text. */
    public byte[] sign(byte[] text) {
        Signer signer = signer(scheme, true, key);
        signer.update(text, 0, text.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("a text was not signed", e);
        }
    }

    /** What checks the signatures of this key, for anybody to have. */
    public Check check() {
        return new Check(scheme, publicKey);
    }

    /** The public key. */
    public static final class Check {
        private final Scheme scheme;
        private final CipherParameters key;

        private Check(Scheme scheme, CipherParameters key) {
            this.scheme = scheme;
            this.key = key;
        }

        /** The key that {@link #encoded} wrote.
         *
         *  @throws IllegalArgumentException if the bytes are none */
        public static Check of(Scheme scheme, byte[] encoded) {
            return new Check(scheme, switch (scheme) {
                case ED25519 -> {
                    if (encoded.length != Ed25519PublicKeyParameters.KEY_SIZE) {
                        throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + encoded.length);
                    }
                    yield new Ed25519PublicKeyParameters(encoded, 0);
                }
                case SM2 -> new ECPublicKeyParameters(Sm2.CURVE.getCurve().decodePoint(encoded), Sm2.CURVE);
            });
        }

        /** 32 bytes of Ed25519; of SM2 the point, uncompressed. */
        public byte[] encoded() {
            return switch (key) {
                case Ed25519PublicKeyParameters ed -> ed.getEncoded();
                case ECPublicKeyParameters sm2 -> sm2.getQ().getEncoded(false);
                default -> throw new IllegalStateException("a key of neither scheme");
            };
        }

        /** Whether that is a signature of a text under this key. */
        public boolean verify(byte[] text, byte[] signature) {
            if (signature.length != SIGNATURE_BYTES) {
                return false;
            }
            Signer signer = signer(scheme, false, key);
            signer.update(text, 0, text.length);
            return signer.verifySignature(signature);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Check check && scheme == check.scheme && Arrays.equals(encoded(), check.encoded());
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(encoded());
        }
    }

    private static Signer signer(Scheme scheme, boolean forSigning, CipherParameters key) {
        Signer signer = switch (scheme) {
            case ED25519 -> new Ed25519Signer();
            case SM2 -> new SM2Signer(PlainDSAEncoding.INSTANCE, new SM3Digest());
        };
        signer.init(forSigning, scheme == Scheme.SM2 ? new ParametersWithID(key, Sm2.USER) : key);
        return signer;
    }

    /** The curve of SM2 and its default user. */
    private static final class Sm2 {
        private static final ECDomainParameters CURVE = curve();
        private static final byte[] USER = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

        private static ECDomainParameters curve() {
            X9ECParameters named = GMNamedCurves.getByName("sm2p256v1");
            return new ECDomainParameters(named.getCurve(), named.getG(), named.getN(), named.getH());
        }
    }

    @Override
    public String toString() {
        return "signing key of " + scheme;
    }
}
