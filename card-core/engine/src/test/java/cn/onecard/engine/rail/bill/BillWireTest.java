package cn.onecard.engine.rail.bill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.key.SigningKey;
import cn.onecard.engine.rail.bill.ColumnLayout.LineEnd;
import cn.onecard.engine.rail.bill.ColumnLayout.Summary;
import cn.onecard.vocabulary.Money;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written comes back as it was; what was changed on its way is refused, or is another whole thing and never half a one. */
class BillWireTest {
    private static final int CASES = 20_000;
    private static final String LETTERS = "aZ09 -王水电气费";
    private static final ColumnLayout FIXED = new ColumnLayout("GBK", "", LineEnd.CRLF, Summary.LAST,
            List.of(new Column("orderNo", 12, Column.Type.DIGITS), new Column("name", 20, Column.Type.TEXT), new Column("amountFen", 12, Column.Type.FEN), new Column("due", 8, Column.Type.DATE)));
    private static final ColumnLayout DELIMITED = new ColumnLayout("UTF-8", "|", LineEnd.LF, Summary.FIRST,
            List.of(new Column("orderNo", 12, Column.Type.DIGITS), new Column("name", 30, Column.Type.TEXT), new Column("amountFen", 12, Column.Type.FEN), new Column("due", 8, Column.Type.DATE)));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void layout_rows_comeBackAsTheyWere(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            List<Row> rows = rows(random);
            for (ColumnLayout layout : List.of(FIXED, DELIMITED)) {
                assertThat(layout.read(layout.write(rows))).isEqualTo(rows);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void layout_bytesChanged_areRefusedOrWrittenTheSame(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (ColumnLayout layout : List.of(FIXED, DELIMITED)) {
            byte[] right = layout.write(rows(random));
            refusedOrTheSame(random, right, bytes -> layout.write(layout.read(bytes)));
        }
    }

    /** Our own files, filled at random by what their columns may hold. */
    @ParameterizedTest
    @EnumSource(BillFile.class)
    void file_rowsAtRandom_comeBackAndChangedOnesAreRefused(BillFile file) {
        for (long seed = 1; seed <= 3; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Row> rows = IntStream.range(0, random.nextInt(0, 5)).mapToObj(_ -> row(file.layout(), random)).toList();
            byte[] right = file.layout().write(rows);

            assertThat(file.layout().read(right)).isEqualTo(rows);
            for (int length = 0; length < right.length; length++) {
                byte[] cut = Arrays.copyOf(right, length);
                assertThatThrownBy(() -> file.layout().read(cut)).isInstanceOf(MalformedFile.class);
            }
            refusedOrTheSame(random, right, bytes -> file.layout().write(file.layout().read(bytes)));
        }
    }

    private static Row row(ColumnLayout layout, SplittableRandom random) {
        Row.Builder row = Row.of();
        for (Column column : layout.columns()) {
            row.set(column.name(), switch (column.type()) {
                case TEXT -> column.width() < 40 ? "A%d".formatted(random.nextInt(1_000)) : name(random);
                case DIGITS -> "7".repeat(column.width());
                case FEN -> Long.toString(random.nextLong(0, 1_000_000_000));
                case DATE -> "20261125";
            });
        }
        return row.build();
    }

    /** Another order, width, encoding or separator is the same file; one that lacks what we read is none. */
    @Test
    void requireUsable_layoutsOfOthers_areAsTheirColumns() {
        Column order = new Column("orderNo", 16, Column.Type.DIGITS);
        Column amount = new Column("amountFen", 15, Column.Type.FEN);
        Column text = new Column("orderNo", 20, Column.Type.TEXT);
        BillFile.STATEMENT.requireUsable(new ColumnLayout("GBK", ",", LineEnd.CRLF, Summary.LAST, List.of(amount, text, new Column("teller", 4, Column.Type.TEXT))));

        assertThatThrownBy(() -> BillFile.STATEMENT.requireUsable(new ColumnLayout("GBK", ",", LineEnd.CRLF, Summary.NONE, List.of(amount, text)))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BillFile.STATEMENT.requireUsable(new ColumnLayout("GBK", ",", LineEnd.CRLF, Summary.LAST, List.of(amount)))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BillFile.STATEMENT.requireUsable(new ColumnLayout("GBK", ",", LineEnd.CRLF, Summary.LAST, List.of(amount, order)))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BillFile.PAYMENT.requireUsable(new ColumnLayout("GBK", ",", LineEnd.CRLF, Summary.LAST, List.of(amount, text,
                new Column("account", 20, Column.Type.TEXT), new Column("billRef", 20, Column.Type.TEXT), new Column("teller", 4, Column.Type.TEXT))))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void field48_bytesChanged_areRefusedOrWrittenTheSame(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Field48Bill.Arrears arrears = new Field48Bill.Arrears("王*水", IntStream.range(0, random.nextInt(0, Field48Bill.MOST + 1)).mapToObj(i ->
                new Field48Bill.Month("202611", "%016d".formatted(i), Money.ofFen(random.nextLong(0, 1_000_000)), Money.ofFen(random.nextLong(0, 100)),
                        LocalDate.of(2026, 1, 1).plusDays(random.nextInt(500)))).toList());
        byte[] right = Field48Bill.write(arrears);

        assertThat(Field48Bill.readArrears(right)).isEqualTo(arrears);
        refusedOrTheSame(random, right, bytes -> Field48Bill.write(Field48Bill.readArrears(bytes)));
        byte[] payment = Field48Bill.write(new Field48Bill.Payment(Money.ofFen(12), "0000000000000007", Money.ofFen(10), Money.ofFen(2)));
        refusedOrTheSame(random, payment, bytes -> Field48Bill.write(Field48Bill.readPayment(bytes)));
    }

    /** Bytes with a few of them changed, cut off or added. */
    private static void refusedOrTheSame(SplittableRandom random, byte[] right, Function<byte[], byte[]> again) {
        for (int i = 0; i < CASES / 4; i++) {
            byte[] changed = Arrays.copyOf(right, random.nextInt(4) == 0 ? random.nextInt(right.length + 3) : right.length);
            for (int n = random.nextInt(3); n > 0 && changed.length > 0; n--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(again.apply(changed)).isEqualTo(changed);
            } catch (MalformedFile e) {
                assertThat(e).hasMessageNotContaining("王");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[]", "{\"orderNo\":\"1\",\"code\":\"OK\",\"billerRef\":\"r\",\"amountFen\":1.5,\"fulfilment\":\"\"}",
        "{\"orderNo\":\"1\",\"code\":\"OK\",\"billerRef\":\"r\",\"amountFen\":\"1\",\"fulfilment\":\"\"}",
        "{\"orderNo\":\"1\",\"code\":\"OK\",\"billerRef\":null,\"amountFen\":1,\"fulfilment\":\"\"}",
        "{\"orderNo\":\"1\",\"code\":\"OK\",\"billerRef\":\"r\",\"amountFen\":99999999999999999999,\"fulfilment\":\"\"}",
        "{\"orderNo\":\"1\",\"orderNo\":\"2\",\"code\":\"OK\",\"billerRef\":\"r\",\"amountFen\":1,\"fulfilment\":\"\"}",
        "{\"orderNo\":\"1\",\"code\":\"OK\",\"billerRef\":\"r\",\"amountFen\":1,\"fulfilment\":\"\"} x"})
    void json_bodyThatIsNone_isRefused(String body) {
        assertThatThrownBy(() -> BillJson.read(body.getBytes(StandardCharsets.UTF_8), BillJson.Outcome.class)).isInstanceOf(MalformedFile.class);
    }

    @ParameterizedTest
    @EnumSource(SigningKey.Scheme.class)
    void envelope_anythingChanged_isNotSigned(SigningKey.Scheme scheme) {
        SigningKey key = SigningKey.generate(scheme, new SecureRandom());
        byte[] body = "{}".getBytes(StandardCharsets.US_ASCII);
        Envelope.Stamp stamp = new Envelope.Stamp("2026-11-25T00:00:00Z", "00");
        String request = Envelope.signRequest(key, "/v1/pay", stamp, body);
        String answer = Envelope.signAnswer(key, 200, "/v1/pay", "00", body);

        assertThat(Envelope.isRequestOf(key.check(), "/v1/pay", stamp, body, request)).isTrue();
        assertThat(Envelope.isRequestOf(key.check(), "/v1/cancel", stamp, body, request)).isFalse();
        assertThat(Envelope.isRequestOf(key.check(), "/v1/pay", new Envelope.Stamp(stamp.time(), "01"), body, request)).isFalse();
        assertThat(Envelope.isRequestOf(key.check(), "/v1/pay", stamp, new byte[0], request)).isFalse();
        assertThat(Envelope.isAnswerOf(key.check(), 200, "/v1/pay", "00", new Envelope.Signed(body, answer))).isTrue();
        assertThat(Envelope.isAnswerOf(key.check(), 200, "/v1/pay", "01", new Envelope.Signed(body, answer))).isFalse();
        assertThat(Envelope.isAnswerOf(key.check(), 500, "/v1/pay", "00", new Envelope.Signed(body, answer))).isFalse();
        assertThat(Envelope.isAnswerOf(key.check(), 200, "/v1/pay", "00", new Envelope.Signed(body, "?"))).isFalse();
    }

    @Test
    void layout_valueThatDoesNotFit_isRefused() {
        assertThatThrownBy(() -> FIXED.write(List.of(row("1", "x", 1)))).isInstanceOf(MalformedFile.class);
        assertThatThrownBy(() -> FIXED.write(List.of(row("000000000001", "王王王王王王王王王王王", 1)))).isInstanceOf(MalformedFile.class);
        assertThatThrownBy(() -> FIXED.write(List.of(row("000000000001", "x", -1)))).isInstanceOf(MalformedFile.class);
        assertThatThrownBy(() -> FIXED.write(List.of(row("000000000001", "\ud83d\ude00", 1)))).isInstanceOf(MalformedFile.class);
        assertThatThrownBy(() -> DELIMITED.write(List.of(row("1", "a|b", 1)))).isInstanceOf(MalformedFile.class);
        assertThatThrownBy(() -> DELIMITED.write(List.of(row("1", "a\nb", 1)))).isInstanceOf(MalformedFile.class);
        assertThat(new String(DELIMITED.write(List.of(row("1", "水费", 7))), StandardCharsets.UTF_8)).isEqualTo("1|7\n1|水费|7|20261125\n");
    }

    private static List<Row> rows(SplittableRandom random) {
        return IntStream.range(0, random.nextInt(1, 5)).mapToObj(i -> row("%012d".formatted(random.nextInt(1_000_000)), name(random), random.nextLong(0, 1_000_000_000)))
                .toList();
    }

    private static Row row(String orderNo, String name, long fen) {
        return Row.of().set("orderNo", orderNo).set("name", name).set("amountFen", Money.ofFen(fen)).set("due", LocalDate.of(2026, 11, 25)).build();
    }

    private static String name(SplittableRandom random) {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(0, 10); i > 0; i--) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString().stripTrailing();
    }
}
