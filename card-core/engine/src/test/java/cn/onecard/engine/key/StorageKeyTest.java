package cn.onecard.engine.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is sealed opens for its owner, under its key, and unchanged, and not otherwise. */
class StorageKeyTest {
    private static final StorageKey KEY = StorageKey.of(KeyRing.demo(7), 1, "bank");
    private static final byte[] PLAIN = "what is kept".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OWNER = {1, 2, 3};

    @Test
    void open_whatWasSealed_isTheSame() {
        byte[] sealed = KEY.seal(PLAIN, OWNER);

        assertThat(sealed).hasSize(PLAIN.length + 28).isNotEqualTo(KEY.seal(PLAIN, OWNER));
        assertThat(KEY.open(sealed, OWNER)).isEqualTo(PLAIN);
        assertThat(StorageKey.of(KeyRing.demo(7), 1, "bank").open(sealed, OWNER)).isEqualTo(PLAIN);
    }

    @Test
    void open_otherOwnerOrKeyOrAnyByteChanged_isRefused() {
        byte[] sealed = KEY.seal(PLAIN, OWNER);

        assertThatThrownBy(() -> KEY.open(sealed, new byte[3])).isInstanceOf(KeysUnavailable.class);
        assertThatThrownBy(() -> StorageKey.of(KeyRing.demo(7), 1, "medical").open(sealed, OWNER)).isInstanceOf(KeysUnavailable.class);
        assertThatThrownBy(() -> StorageKey.of(KeyRing.demo(7), 2, "bank").open(sealed, OWNER)).isInstanceOf(KeysUnavailable.class);
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> KEY.open(changed, OWNER)).as("byte %d", at).isInstanceOf(KeysUnavailable.class);
        }
        assertThatThrownBy(() -> KEY.open(Arrays.copyOf(sealed, 27), OWNER)).isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void of_ringWithoutMaster_isRefused() {
        assertThatThrownBy(() -> StorageKey.of(new KeyRing(true, 1, Map.of(), Map.of()), 1, "bank")).isInstanceOf(KeysUnavailable.class);
    }
}
