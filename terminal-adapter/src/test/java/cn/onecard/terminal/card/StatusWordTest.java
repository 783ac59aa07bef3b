package cn.onecard.terminal.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every status word that the manual lists. */
class StatusWordTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
        DONE,                   9000
        DATA_DOUBTFUL,          6281
        BLOCKED,                6283 6A81 9303
        WRONG_CREDENTIAL,       63C0 63C1 63CF
        STATE_UNCHANGED,        6400
        WRITE_FAILED,           6581
        COMMAND_UNFIT,          6700 6A80 6A86 6B00 6D00 6E00 6F00
        PROFILE_MISMATCH,       6900 6981
        NO_INIT,                6901
        SECURITY_NOT_SATISFIED, 6982
        KEY_LOCKED,             6983
        CONDITIONS_NOT_MET,     6985
        SECURE_MESSAGING,       6987 6988
        NOT_FOUND,              6A82 6A83
        NO_SPACE,               6A84
        KEY_NOT_FOUND,          6A88
        MAC_WRONG,              9302
        BALANCE_TOO_LOW,        9401
        COUNTER_EXHAUSTED,      9402
        KEY_INDEX_UNKNOWN,      9403
        NO_PROOF,               9406
        """)
    void of_listedStatusWord_isTyped(StatusWord expected, String statusWords) {
        assertThat(Arrays.stream(statusWords.split(" ")).map(sw -> StatusWord.of(HexFormat.fromHexDigits(sw)))).containsOnly(expected);
    }

    @Test
    void of_everyOtherStatusWord_isOther() {
        long listed = IntStream.rangeClosed(0, 0xFFFF).filter(sw -> StatusWord.of(sw) != StatusWord.OTHER).count();
        assertThat(listed).isEqualTo(31 + 16);
    }
}
