package cn.onecard.engine.key;

import cn.onecard.vocabulary.Algorithm;
import java.util.Comparator;

/** Which master key.
 *
 *  @param usage what it is for
 *  @param version key version as INIT answers it, 0 to 255
 *  @param algorithm the cipher it is made for */
public record KeyId(KeyUsage usage, int version, Algorithm algorithm) implements Comparable<KeyId> {
    private static final Comparator<KeyId> ORDER =
            Comparator.comparing(KeyId::usage).thenComparingInt(KeyId::version).thenComparing(KeyId::algorithm);

    public KeyId {
        if (version < 0 || version > 0xFF) {
            throw new IllegalArgumentException("a key version has one byte: " + version);
        }
    }

    @Override
    public int compareTo(KeyId other) {
        return ORDER.compare(this, other);
    }
}
