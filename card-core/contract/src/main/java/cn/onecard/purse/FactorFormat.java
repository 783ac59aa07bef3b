package cn.onecard.purse;

import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a scheme makes a card's keys from a master key, as data: one factor of eight bytes a level, the first level applied
 *  first. Written as levels separated by {@code >}, each a sum of pieces:
 *
 *  <pre>
 *  issuer &gt; asn                    T-Union: issuer id of file 0015, then ASN8
 *  issuer[0..4]+FFFFFFFF &gt; asn     T-Union, one metro
 *  city+FF0000000000 &gt; asn         住建部
 *  issuer[0..4]+issuer[0..4] &gt; asn toll
 *  asn                             one level
 *  </pre>
 *  A piece is {@code issuer} (8 bytes), {@code city} (2), {@code asn} (8), any of them cut by {@code [from..to)} written
 *  {@code [from..to]} with the end exclusive, or pairs of upper-case hexadecimal digits. */
public final class FactorFormat {
    private static final Pattern PIECE = Pattern.compile("(issuer|city|asn)(?:\\[(\\d)\\.\\.(\\d)])?|((?:[0-9A-F]{2})+)");

    private final String text;
    private final List<Level> levels;

    private FactorFormat(String text, List<Level> levels) {
        this.text = text;
        this.levels = levels;
    }

    /** Reads a format.
     *
     *  @throws IllegalArgumentException if it is none, or a level is not eight bytes long */
    public static FactorFormat parse(String text) {
        List<Level> levels = new ArrayList<>();
        for (String level : text.split(">", -1)) {
            List<Piece> pieces = new ArrayList<>();
            int length = 0;
            for (String piece : level.strip().split("\\+", -1)) {
                Matcher matcher = PIECE.matcher(piece.strip());
                if (!matcher.matches()) {
                    throw new IllegalArgumentException("not a piece of a factor: '" + piece.strip() + "' in '" + text + "'");
                }
                Piece parsed = piece(matcher);
                length += parsed.length();
                pieces.add(parsed);
            }
            if (length != 8) {
                throw new IllegalArgumentException("a factor has 8 bytes, '" + level.strip() + "' has " + length);
            }
            levels.add(new Level(List.copyOf(pieces)));
        }
        return new FactorFormat(text, List.copyOf(levels));
    }

    /** The factors of a card, one a level, in the order in which they are applied to the master key. */
    public List<byte[]> factors(CardNo cardNo, long issuerId, int city) {
        return levels.stream().map(level -> ByteBuffer.allocate(8).putLong(level.factor(cardNo, issuerId, city)).array()).toList();
    }

    /** A card's key: the master key diversified by every level in turn.
     *
     *  @param master 16 bytes */
    public byte[] cardKey(Algorithm algorithm, byte[] master, CardNo cardNo, long issuerId, int city) {
        byte[] key = master;
        for (Level level : levels) {
            key = PurseCrypto.diversify(algorithm, key, level.factor(cardNo, issuerId, city));
        }
        return key;
    }

    @Override
    public String toString() {
        return text;
    }

    private static Piece piece(Matcher matcher) {
        if (matcher.group(4) != null) {
            String literal = matcher.group(4);
            return new Piece(Source.LITERAL, new BigInteger(literal, 16).longValue(), 8 - literal.length() / 2, 8);
        }
        Source source = switch (matcher.group(1)) {
            case "issuer" -> Source.ISSUER;
            case "city" -> Source.CITY;
            default -> Source.ASN;
        };
        int from = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        int to = matcher.group(3) == null ? source.bytes : Integer.parseInt(matcher.group(3));
        if (from >= to || to > source.bytes) {
            throw new IllegalArgumentException("not within " + source.bytes + " bytes: " + matcher.group());
        }
        return new Piece(source, 0, from, to);
    }

    /** Where the bytes of a piece come from, and how many there are. */
    private enum Source {
        ISSUER(8), CITY(2), ASN(8), LITERAL(8);

        private final int bytes;

        Source(int bytes) {
            this.bytes = bytes;
        }
    }

    /** A factor: its pieces, eight bytes together. */
    private record Level(List<Piece> pieces) {
        long factor(CardNo cardNo, long issuerId, int city) {
            long factor = 0;
            for (Piece piece : pieces) {
                factor = (factor << (8 * piece.length())) | piece.number(cardNo, issuerId, city);
            }
            return factor;
        }
    }

    /** A run of bytes within a factor.
     *
     *  @param literal the bytes themselves, if they come from no source */
    private record Piece(Source source, long literal, int from, int to) {
        int length() {
            return to - from;
        }

        long number(CardNo cardNo, long issuerId, int city) {
            long whole = switch (source) {
                case ISSUER -> issuerId;
                case CITY -> city;
                case ASN -> cardNo.asn8();
                case LITERAL -> literal;
            };
            return (whole >>> (8 * (source.bytes - to))) & (-1L >>> (64 - 8 * length()));
        }
    }
}
