package cn.onecard.engine.rail.qr;

import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The city's own code (市民码), by which a resident rides or pays with a telephone. It is signed, lives for a minute or a few, and any
 *  reader that has the issuer's public key can judge it without asking anybody.
 *
 *  <pre>
 *  OC1 and, in Base64url without filling, big-endian:
 *    0  kind 1               1 ride, 2 payment
 *    1  issuer 4             a party
 *    5  key 2                which of the issuer's keys signed
 *    7  account token 16     stands for an account, at the issuer alone
 *   23  issued 4             seconds since 1970
 *   27  lifetime 2           seconds: 1 to 300 of a ride, 1 to 60 of a payment
 *   29  nonce 8              with the token unique
 *   37  limit 4              the most that may be charged, in fen
 *   41  signature 64         over "OC1" and all before
 *  </pre>
 *  It begins with O, so that no scanner takes it for a bank's payment code, which begins with 62. {@link #toString()} shows
 *  neither token nor nonce.
 *
 *  @param kind what for
 *  @param key by whom it is signed
 *  @param token stands for an account
 *  @param validity from when and how long
 *  @param nonce with the token unique
 *  @param limit 0 to 4294967295 fen */
public record CityCode(Kind kind, Key key, UUID token, Validity validity, long nonce, Money limit) {
    private static final String PREFIX = "OC1";
    private static final int SIGNED_BYTES = 41;
    private static final int SIGNATURE_BYTES = 64;
    private static final long MAX_UNSIGNED_INT = 0xFFFF_FFFFL;

    /** What a code is for. */
    public enum Kind {
        RIDE(1, 300),
        PAYMENT(2, 60);

        private final int code;
        private final int longestSeconds;

        Kind(int code, int longestSeconds) {
            this.code = code;
            this.longestSeconds = longestSeconds;
        }

        /** How long such a code may live. */
        public Duration longest() {
            return Duration.ofSeconds(longestSeconds);
        }

        private static Kind byCode(int code) {
            return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst().orElseThrow(() -> new MalformedCode("no such kind"));
        }
    }

    /** By whom a code is signed.
     *
     *  @param issuer a party
     *  @param number which of its keys, 0 to 65535 */
    public record Key(PartyId issuer, int number) {
        public Key {
            if (number < 0 || number > 0xFFFF) {
                throw new MalformedCode("a key's number has two bytes");
            }
        }
    }

    /** When a code may be taken.
     *
     *  @param issuedAt whole seconds
     *  @param lifetime whole seconds, more than none */
    public record Validity(Instant issuedAt, Duration lifetime) {
        public Validity {
            long seconds = issuedAt.getEpochSecond();
            if (issuedAt.getNano() != 0 || seconds < 0 || seconds > MAX_UNSIGNED_INT || lifetime.toSeconds() < 1
                    || !lifetime.equals(Duration.ofSeconds(lifetime.toSeconds()))) {
                throw new MalformedCode("issued and lifetime are whole seconds");
            }
        }

        /** The first moment at which it may no longer be taken. */
        public Instant expiresAt() {
            return issuedAt.plus(lifetime);
        }
    }

    public CityCode {
        if (validity.lifetime().compareTo(kind.longest()) > 0) {
            throw new MalformedCode("lives too long");
        }
        if (limit.isNegative() || limit.fen() > MAX_UNSIGNED_INT) {
            throw new MalformedCode("the limit has four bytes");
        }
    }

    /** The text to be drawn. */
    public String sign(CodeSigner signer) {
        byte[] body = body();
        byte[] signature = signer.sign(signedText(body));
        if (signature.length != SIGNATURE_BYTES) {
            throw new IllegalStateException("a signature has 64 bytes, not " + signature.length);
        }
        byte[] whole = Arrays.copyOf(body, SIGNED_BYTES + SIGNATURE_BYTES);
        System.arraycopy(signature, 0, whole, SIGNED_BYTES, SIGNATURE_BYTES);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /** What a reader knows when it judges.
     *
     *  @param now its time
     *  @param ahead how far its clock may be behind the issuer's */
    public record Moment(Instant now, Duration ahead) {}

    /** What a scanned text is worth at a moment.
     *
     *  @param checks the check of a key's signatures, if the key is known */
    public static CodeJudgement judge(String text, Function<Key, Optional<CodeCheck>> checks, Moment moment) {
        byte[] whole;
        CityCode code;
        try {
            whole = bytes(text);
            code = parse(ByteBuffer.wrap(whole));
        } catch (MalformedCode malformed) {
            return new CodeJudgement.Refused(CodeJudgement.Reason.MALFORMED);
        }
        Optional<CodeCheck> check = checks.apply(code.key);
        if (check.isEmpty()) {
            return new CodeJudgement.Refused(CodeJudgement.Reason.KEY_UNKNOWN);
        }
        byte[] signature = Arrays.copyOfRange(whole, SIGNED_BYTES, whole.length);
        if (!check.get().verify(signedText(Arrays.copyOf(whole, SIGNED_BYTES)), signature)) {
            return new CodeJudgement.Refused(CodeJudgement.Reason.SIGNATURE_WRONG);
        }
        if (moment.now().plus(moment.ahead()).isBefore(code.validity.issuedAt())) {
            return new CodeJudgement.Refused(CodeJudgement.Reason.NOT_YET_VALID);
        }
        if (!moment.now().isBefore(code.validity.expiresAt())) {
            return new CodeJudgement.Refused(CodeJudgement.Reason.EXPIRED);
        }
        return new VerifiedCode(code);
    }

    private static byte[] bytes(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new MalformedCode("does not begin with " + PREFIX);
        }
        String encoded = text.substring(PREFIX.length());
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new MalformedCode("not Base64url");
        }
        if (whole.length != SIGNED_BYTES + SIGNATURE_BYTES || !Base64.getUrlEncoder().withoutPadding().encodeToString(whole).equals(encoded)) {
            throw new MalformedCode("not 105 bytes in the one Base64url of them");
        }
        return whole;
    }

    private static CityCode parse(ByteBuffer in) {
        Kind kind = Kind.byCode(in.get());
        int issuer = in.getInt();
        if (issuer < 1) {
            throw new MalformedCode("no such issuer");
        }
        Key key = new Key(new PartyId(issuer), in.getShort() & 0xFFFF);
        UUID token = new UUID(in.getLong(), in.getLong());
        Validity validity = new Validity(Instant.ofEpochSecond(Integer.toUnsignedLong(in.getInt())), Duration.ofSeconds(in.getShort() & 0xFFFF));
        return new CityCode(kind, key, token, validity, in.getLong(), Money.ofFen(Integer.toUnsignedLong(in.getInt())));
    }

    private byte[] body() {
        return ByteBuffer.allocate(SIGNED_BYTES).put((byte) kind.code).putInt(key.issuer().value()).putShort((short) key.number())
                .putLong(token.getMostSignificantBits()).putLong(token.getLeastSignificantBits())
                .putInt((int) validity.issuedAt().getEpochSecond()).putShort((short) validity.lifetime().toSeconds())
                .putLong(nonce).putInt((int) limit.fen()).array();
    }

    private static byte[] signedText(byte[] body) {
        byte[] prefix = PREFIX.getBytes(StandardCharsets.US_ASCII);
        byte[] text = Arrays.copyOf(prefix, prefix.length + body.length);
        System.arraycopy(body, 0, text, prefix.length, body.length);
        return text;
    }

    @Override
    public String toString() {
        return kind + " code of " + key;
    }
}
