package cn.onecard.sql;

import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TerminalId;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import org.jooq.Converter;

/** The typed columns: how a word of the vocabulary lies in a column. The generated tables name these. Amounts stay numbers,
 *  because the database adds them up. */
public final class Converters {
    private static final Converter<byte[], CardNo> CARD_NO =
            Converter.ofNullable(byte[].class, CardNo.class, CardNo::ofBytes, CardNo::bytes);
    private static final Converter<Long, TerminalId> TERMINAL_ID =
            Converter.ofNullable(Long.class, TerminalId.class, TerminalId::new, TerminalId::value);
    private static final Converter<LocalDate, BusinessDate> BUSINESS_DATE =
            Converter.ofNullable(LocalDate.class, BusinessDate.class, BusinessDate::new, BusinessDate::day);
    private static final Converter<byte[], Tac> TAC =
            Converter.ofNullable(byte[].class, Tac.class, Converters::tacOf, Converters::bytesOf);

    private Converters() {}

    /** BINARY(10): 20 digits BCD. */
    public static Converter<byte[], CardNo> cardNo() {
        return CARD_NO;
    }

    /** BIGINT: six bytes, unsigned. */
    public static Converter<Long, TerminalId> terminalId() {
        return TERMINAL_ID;
    }

    /** DATE. */
    public static Converter<LocalDate, BusinessDate> businessDate() {
        return BUSINESS_DATE;
    }

    /** BINARY(4), big-endian. */
    public static Converter<byte[], Tac> tac() {
        return TAC;
    }

    private static Tac tacOf(byte[] bytes) {
        return new Tac(ByteBuffer.wrap(bytes).getInt());
    }

    private static byte[] bytesOf(Tac tac) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(tac.value()).array();
    }
}
