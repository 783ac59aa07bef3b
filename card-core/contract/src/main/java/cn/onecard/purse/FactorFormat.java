package cn.onecard.purse;

import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
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
    private final List<List<Piece>> levels;

    private FactorFormat(String text, List<List<Piece>> levels) {
        this.text = text;
        this.levels = levels;
    }

    /** Reads a format.
     *
     *  @throws IllegalArgumentException if it is none, or a level is not eight bytes long */
    public static FactorFormat parse(String text) {
        List<List<Piece>> levels = new ArrayList<>();
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
            levels.add(List.copyOf(pieces));
        }
        return new FactorFormat(text, List.copyOf(levels));
    }

    /** The factors of a card, one a level, in the order in which they are applied to the master key. */
    public List<byte[]> factors(CardNo cardNo, long issuerId, int city) {
        return levels.stream().map(level -> {
            ByteArrayOutputStream factor = new ByteArrayOutputStream(8);
            level.forEach(piece -> factor.writeBytes(piece.bytes(cardNo, issuerId, city)));
            return factor.toByteArray();
        }).toList();
    }

    /** A card's key: the master key diversified by every level in turn.
     *
     *  @param master 16 bytes */
    public byte[] cardKey(Algorithm algorithm, byte[] master, CardNo cardNo, long issuerId, int city) {
        byte[] key = master;
        for (byte[] factor : factors(cardNo, issuerId, city)) {
            key = PurseCrypto.diversify(algorithm, key, factor);
        }
        return key;
    }

    @Override
    public String toString() {
        return text;
    }

    private static Piece piece(Matcher matcher) {
        if (matcher.group(4) != null) {
            byte[] literal = HexFormat.of().parseHex(matcher.group(4));
            return new Piece(Source.LITERAL, ByteBuffer.wrap(literal).asReadOnlyBuffer(), 0, literal.length);
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
        return new Piece(source, ByteBuffer.allocate(0), from, to);
    }

    /** Where the bytes of a piece come from, and how many there are. */
    private enum Source {
        ISSUER(8), CITY(2), ASN(8), LITERAL(8);

        private final int bytes;

        Source(int bytes) {
            this.bytes = bytes;
        }
    }

    /** A run of bytes within a factor. */
    private record Piece(Source source, ByteBuffer literal, int from, int to) {
        int length() {
            return to - from;
        }

        byte[] bytes(CardNo cardNo, long issuerId, int city) {
            ByteBuffer whole = switch (source) {
                case ISSUER -> ByteBuffer.allocate(8).putLong(0, issuerId);
                case CITY -> ByteBuffer.allocate(2).putShort(0, (short) city);
                case ASN -> ByteBuffer.allocate(8).putLong(0, cardNo.asn8());
                case LITERAL -> literal;
            };
            byte[] result = new byte[length()];
            whole.get(from, result);
            return result;
        }
    }
}
