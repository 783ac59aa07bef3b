package cn.onecard.engine.rail.iso8583;

import static cn.onecard.engine.testing.RailsVectors.bytesOf;
import static cn.onecard.engine.testing.RailsVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.vocabulary.Money;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each trap of the dialects, and the field and fault that it is refused with. */
class MalformedMessageTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
        # message in hex                                what it is                          field  fault
        0A00 0000000000000000,                          a letter in the type,               0,     CHARACTER
        1200 0000000000000000,                          another version of the standard,    0,     MESSAGE_TYPE
        02,                                             half a type,                        0,     TRUNCATED
        0200 00000000000000,                            half a bitmap,                      1,     TRUNCATED
        0200 8000000000000000,                          a second bitmap,                    1,     BITMAP
        0200 0400000000000000 000000000000,             field 6 that the table has not,     6,     UNKNOWN_FIELD
        0200 2000000000000000 0000,                     half a field,                       3,     TRUNCATED
        0200 2000000000000000 00000A,                   a letter among digits,              3,     CHARACTER
        0200 2000000000000000 00000000,                 one byte too many,                  3,     TRAILING
        0200 4000000000000000 13 62123400000000000120,  a length of 19 in hexadecimal,      2,     TRAILING
        0200 4000000000000000 1A 62123400000000000120,  a letter in a length,               2,     CHARACTER
        0200 4000000000000000 20 62123400000000000120,  a PAN of 20 digits,                 2,     LENGTH
        0200 4000000000000000 19 62123400000000000121,  a pad that is not 0,                2,     PAD
        0200 4000000000000000 19 6212340000000000012D,  a separator for a pad,              2,     PAD
        0200 4000000000000000 03 62D0,                  a separator in a PAN,               2,     CHARACTER
        0200 0000040000000000 0051,                     entry mode aligned to the right,    22,    PAD
        0200 0000020000000000 0010,                     card sequence 010,                  -,     -
        0200 0000020000000000 1000,                     card sequence aligned to the left,  23,    PAD
        0200 0000000020000000 03 12E0,                  a wrong separator in a track,       35,    CHARACTER
        0200 0000000002000000 3F20,                     a response code ?,                  39,    CHARACTER
        0200 0000000000800000 303030303030300A,         a control character in a terminal,  41,    CHARACTER
        0200 0000000000000200 0256,                     chip data that is too long,         55,    LENGTH
        0200 0000000000000200 F001,                     a length of F001,                   55,    CHARACTER
        0200 0000000000000010 0018 220000010005000000,  18 digits in field 60,              60,    LENGTH
        """)
    void decode_posMessage_namesFieldAndFault(String hex, String what, String field, String fault) {
        assertRefused(Profile.CUP_POS_64, bytesOf(hex), what, field, fault);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # fields after type and bitmap, in ASCII        bitmap in hex                         field  fault
        '',                                             00000000000000000000000000000000,     1,     BITMAP
        '',                                             80000000000000008000000000000000,     1,     BITMAP
        196212340000000000012,                          C0000000000000000000000000000000,     -,     -
        A96212340000000000012,                          C0000000000000000000000000000000,     2,     CHARACTER
        206212340000000000012X,                         C0000000000000000000000000000000,     2,     LENGTH
        19621234000000000001X,                          C0000000000000000000000000000000,     2,     CHARACTER
        D00000100,                                      80000010000000000000000000000000,     -,     -
        X00000100,                                      80000010000000000000000000000000,     28,    CHARACTER
        C0000010,                                       80000010000000000000000000000000,     28,    TRUNCATED
        0066=1234,                                      80000000100000000000000000000000,     -,     -
        0066D1234,                                      80000000100000000000000000000000,     36,    CHARACTER
        """)
    void decode_switchMessage_namesFieldAndFault(String fields, String bitmap, String field, String fault) {
        String bytes = hex("0200".getBytes(StandardCharsets.US_ASCII)) + bitmap + hex(fields.getBytes(StandardCharsets.US_ASCII));
        assertRefused(Profile.CUP_SWITCH_128, bytesOf(bytes), fields, field, fault);
    }

    private static void assertRefused(Profile profile, byte[] bytes, String what, String field, String fault) {
        if (field.equals("-")) {
            assertThat(hex(profile.decode(ByteBuffer.wrap(bytes)).encode())).isEqualTo(hex(bytes));
            return;
        }
        assertThatThrownBy(() -> profile.decode(ByteBuffer.wrap(bytes))).as(what).isInstanceOfSatisfying(MalformedMessage.class, refused -> {
            assertThat(refused.field()).isEqualTo(Integer.parseInt(field));
            assertThat(refused.fault()).isEqualTo(Fault.valueOf(fault));
            assertThat(refused).hasMessage("field " + field + ": " + fault);
        });
    }

    @Test
    void decode_oddPadOnALenientLink_isDropped() {
        byte[] bytes = bytesOf("0200 0000000100000000 05 12345F");

        assertThatThrownBy(() -> Profile.CUP_POS_64.decode(ByteBuffer.wrap(bytes))).isInstanceOf(MalformedMessage.class);
        Message message = Profile.CUP_POS_64.acceptingAnyPad().decode(ByteBuffer.wrap(bytes));
        assertThat(message.text(32)).isEqualTo("12345");
        assertThat(HexFormat.of().formatHex(message.encode())).endsWith("123450");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        3,  00000,            LENGTH
        3,  00000A,           CHARACTER
        2,  62123400000000000123, LENGTH
        35, 1234D5678,        CHARACTER
        39, 00X,              LENGTH
        41, 'ABCDEFG\u00ff',  CHARACTER
        42, '89800000000000\u4e2d', CHARACTER
        63, '001\ud840',      CHARACTER
        5,  000000000000,     UNKNOWN_FIELD
        1,  0,                UNKNOWN_FIELD
        65, 0,                UNKNOWN_FIELD
        """)
    void set_whatTheTableDoesNotHave_isRefused(int field, String text, Fault fault) {
        assertThatThrownBy(() -> Message.of(Profile.CUP_POS_64, "0200").set(field, text)).isInstanceOfSatisfying(MalformedMessage.class,
                refused -> assertThat(refused.fault()).isEqualTo(fault));
    }

    @Test
    void set_amountThatDoesNotFit_isRefused() {
        Message.Builder builder = Message.of(Profile.CUP_POS_64, "0200");

        assertThatThrownBy(() -> builder.set(4, Money.ofFen(1_000_000_000_000L))).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> builder.set(4, Money.ofFen(-1))).isInstanceOf(MalformedMessage.class);
        assertThat(builder.set(4, Money.ofFen(999_999_999_999L)).build().findMoney(4)).hasValue(Money.ofFen(999_999_999_999L));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        2, PAN, n19..,  LL,  '',    pan
        2, PAN, n..19,  '',  '',    pan
        2, PAN, n..19,  LL,  left,  pan
        2, PAN, q..19,  LL,  '',    pan
        2, PAN, b..19,  LL,  '',    clear
        2, PAN, t..19,  LL,  '',    clear
        2, PAN, z..19,  LL,  '',    pan
        2, PAN, n..100, LL,  '',    pan
        2, PAN, b60,    '',  '',    length
        1, PAN, n..19,  LL,  '',    pan
        64, MAC, b128,  '',  '',    length
        65, PAN, n..19, LL,  '',    pan
        """)
    void parse_tableThatIsNone_isRefused(String row1, String row2, String row3, String row4, String row5, String row6) {
        String table = "number,name,attribute,prefix,align,shown,mac\n" + String.join(",", row1, row2, row3, row4, row5, row6) + ",\n";
        String whole = row1.equals("64") ? table : table + "64,MAC,b64,,,length,\n";

        assertThatThrownBy(() -> Profile.parse("T", Dialect.POS, whole)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parse_ownTable_isAProfileOfALink() {
        Profile profile = Profile.parse("LINK", Dialect.POS, "number,name,attribute,prefix,align,shown,mac\n# theirs\n48,MIS,ans..322,LLL,,length,\n64,MAC,b64,,,length,\n");
        Message message = Message.of(profile, "0200").set(48, "MI006000001").build();

        assertThat(profile.decode(ByteBuffer.wrap(message.encode()))).isEqualTo(message);
        assertThat(profile.has(4)).isFalse();
    }
}
