package cn.onecard.engine.bench.crash;

import cn.onecard.vocabulary.TapKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Every tap that was ever sent. Not thread-safe: filled on the event loop, read when nothing is sent any more. */
final class SentTaps {
    private final Map<TapKey, SentTap> proven = new HashMap<>();
    private final Map<Frame, SentTap> refused = new HashMap<>();

    /** What tells one refused frame from another. */
    private record Frame(TapKey key, String digest) {}

    void add(SentTap tap) {
        if (tap.kind() == SentTap.Kind.TRUE) {
            proven.put(tap.key(), tap);
        } else {
            refused.put(new Frame(tap.key(), tap.digest()), tap);
        }
    }

    /** The true tap of a key. */
    Optional<SentTap> findProven(TapKey key) {
        return Optional.ofNullable(proven.get(key));
    }

    /** A tap that was sent to be refused. */
    Optional<SentTap> findRefused(TapKey key, String digest) {
        return Optional.ofNullable(refused.get(new Frame(key, digest)));
    }

    void forEach(Consumer<SentTap> visitor) {
        proven.values().forEach(visitor);
        refused.values().forEach(visitor);
    }
}
