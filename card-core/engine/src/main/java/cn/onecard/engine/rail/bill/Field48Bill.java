package cn.onecard.engine.rail.bill;

import cn.onecard.engine.rail.iso8583.Dialect;
import cn.onecard.engine.rail.iso8583.Profile;
import cn.onecard.vocabulary.Money;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Field 48 of the 8583 style of bills, records of fixed widths in GBK.
 *
 *  <pre>
 *  answer to a query  flag a1 (1 owes, 0 does not) | name 30 | total n12 | penalty n12 | months n2 | for each month:
 *                     period n6 | receivable n16 | amount n12 | penalty n12 | due day n8
 *  payment            amount n12 | months n2 | receivable n16 | bill n12 | penalty n12, the last 54 as they were told
 *  </pre> */
public final class Field48Bill {
    /** The number of the field. */
    public static final int NUMBER = 48;
    /** The table of fields. */
    public static final Profile PROFILE = profile();
    /** Months in one answer, at most. */
    public static final int MOST = 17;

    private static final ColumnLayout HEAD = ColumnLayout.record("GBK", new Column("flag", 1, Column.Type.DIGITS), new Column("name", 30, Column.Type.TEXT),
            new Column("total", 12, Column.Type.FEN), new Column("penalty", 12, Column.Type.FEN), new Column("months", 2, Column.Type.DIGITS));
    private static final ColumnLayout MONTH = ColumnLayout.record("GBK", new Column("period", 6, Column.Type.DIGITS), new Column("receivable", 16, Column.Type.DIGITS),
            new Column("amount", 12, Column.Type.FEN), new Column("penalty", 12, Column.Type.FEN), new Column("due", 8, Column.Type.DATE));
    private static final ColumnLayout PAYMENT = ColumnLayout.record("GBK", new Column("amount", 12, Column.Type.FEN), new Column("months", 2, Column.Type.DIGITS),
            new Column("receivable", 16, Column.Type.DIGITS), new Column("bill", 12, Column.Type.FEN), new Column("penalty", 12, Column.Type.FEN));

    private Field48Bill() {}

    /** What an account owes. */
    public record Arrears(String name, List<Month> months) {
        public Arrears {
            months = List.copyOf(months);
        }
    }

    /** What it owes of one month.
     *
     *  @param period six digits
     *  @param receivable sixteen digits */
    public record Month(String period, String receivable, Money amount, Money penalty, LocalDate due) {}

    /** A payment of one month.
     *
     *  @param amount what is paid
     *  @param receivable of the month
     *  @param bill its amount, as it was told
     *  @param penalty as it was told */
    public record Payment(Money amount, String receivable, Money bill, Money penalty) {}

    /** The field of an answer to a query. */
    public static byte[] write(Arrears arrears) {
        if (arrears.months().size() > MOST) {
            throw new MalformedFile("more than " + MOST + " months");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HEAD.line(Row.of().set("flag", arrears.months().isEmpty() ? "0" : "1").set("name", arrears.name())
                .set("total", arrears.months().stream().map(Month::amount).reduce(Money.ZERO, Money::plus))
                .set("penalty", arrears.months().stream().map(Month::penalty).reduce(Money.ZERO, Money::plus))
                .set("months", "%02d".formatted(arrears.months().size())).build()));
        for (Month month : arrears.months()) {
            out.writeBytes(MONTH.line(Row.of().set("period", month.period()).set("receivable", month.receivable()).set("amount", month.amount())
                    .set("penalty", month.penalty()).set("due", month.due()).build()));
        }
        return out.toByteArray();
    }

    /** What a field of an answer to a query says.
     *
     *  @throws MalformedFile if it is none, or its totals are not those of its months */
    public static Arrears readArrears(byte[] field) {
        Row head = HEAD.record(field, 0);
        List<Month> months = new ArrayList<>();
        for (int at = HEAD.width(); at < field.length; at += MONTH.width()) {
            Row month = MONTH.record(field, at);
            months.add(new Month(month.text("period"), month.text("receivable"), month.money("amount"), month.money("penalty"), month.day("due")));
        }
        Arrears arrears = new Arrears(head.text("name"), months);
        if (!Arrays.equals(write(arrears), field)) {
            throw new MalformedFile("the totals are not those of the months");
        }
        return arrears;
    }

    /** The field of a payment. */
    public static byte[] write(Payment payment) {
        return PAYMENT.line(Row.of().set("amount", payment.amount()).set("months", "01").set("receivable", payment.receivable())
                .set("bill", payment.bill()).set("penalty", payment.penalty()).build());
    }

    /** What a field of a payment says.
     *
     *  @throws MalformedFile if it is none */
    public static Payment readPayment(byte[] field) {
        if (field.length != PAYMENT.width()) {
            throw new MalformedFile("a payment of another length");
        }
        Row row = PAYMENT.record(field, 0);
        Payment payment = new Payment(row.money("amount"), row.text("receivable"), row.money("bill"), row.money("penalty"));
        if (!Arrays.equals(write(payment), field)) {
            throw new MalformedFile("not a payment of one month");
        }
        return payment;
    }

    private static Profile profile() {
        try (InputStream in = Objects.requireNonNull(Field48Bill.class.getResourceAsStream("bill-front-end.csv"), "bill-front-end.csv")) {
            return Profile.parse("BILL_FRONT_END", Dialect.POS, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
