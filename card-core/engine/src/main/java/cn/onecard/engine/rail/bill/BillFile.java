package cn.onecard.engine.rail.bill;

import static cn.onecard.engine.rail.bill.ColumnLayout.AMOUNT;

import cn.onecard.engine.rail.bill.ColumnLayout.LineEnd;
import cn.onecard.engine.rail.bill.ColumnLayout.Summary;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The files that go to a biller or come from one, and how we lay them out for a biller that brings no layout of its own. Every one
 *  has a summary line, so that what was cut off is refused. */
@SuppressWarnings("ImmutableEnumChecker")      // a layout is immutable, and the sets are copies
public enum BillFile {
    /** What was paid on a day. */
    STATEMENT(new ColumnLayout("UTF-8", "|", LineEnd.LF, Summary.FIRST,
            List.of(date("date"), text("orderNo", 32), text("account", 40), fen(AMOUNT), text("reference", 40))), Set.of("orderNo", AMOUNT), true),
    /** What is owed, as the biller publishes it for a day; {@code validTo} is the last day on which it may be paid so. */
    ARREARS(fixed(text("account", 40), text("name", 30), text("address", 60), text("billRef", 40), text("period", 20), fen(AMOUNT), fen("lateFeeFen"), date("due"),
            date("validTo"), text("echo", 64)), Set.of("account", "billRef", AMOUNT, "due", "validTo"), true),
    /** A payment that is to be done or taken back: one line. */
    PAYMENT(fixed(text("orderNo", 32), text("account", 40), text("billRef", 40), fen(AMOUNT), text("echo", 64)), Set.of("orderNo", "account", "billRef", AMOUNT), false),
    /** What became of one: one line. */
    RESULT(fixed(text("orderNo", 32), text("code", 12), text("reference", 40), fen(AMOUNT), text("fulfilment", 128)), Set.of("orderNo", "code", "reference", AMOUNT), true);

    private final ColumnLayout layout;
    private final Set<String> required;
    private final boolean more;

    /** @param required columns that no layout of this file may leave out
     *  @param more whether it may have columns that we do not know: not where we write it */
    BillFile(ColumnLayout layout, Set<String> required, boolean more) {
        this.layout = layout;
        this.required = required;
        this.more = more;
    }

    /** The file of a label.
     *
     *  @throws IllegalArgumentException if there is none */
    public static BillFile of(String label) {
        return Arrays.stream(values()).filter(file -> file.label().equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("layouts: there is no file '" + label + "'"));
    }

    /** How a descriptor calls it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the file of a day is called. */
    public String nameOf(LocalDate day) {
        return label() + "-" + day.format(DateTimeFormatter.BASIC_ISO_DATE) + ".txt";
    }

    /** Our own layout. */
    public ColumnLayout layout() {
        return layout;
    }

    /** Proves that a biller's layout can take the place of ours: in whatever order, width and encoding, the columns are there, and are
     *  of our types.
     *
     *  @throws IllegalArgumentException if it cannot, saying why */
    public void requireUsable(ColumnLayout theirs) {
        if (theirs.summary() == Summary.NONE) {
            throw new IllegalArgumentException("layout " + label() + ": without a summary line nobody sees that it was cut off");
        }
        for (String name : required) {
            if (theirs.findColumn(name).isEmpty()) {
                throw new IllegalArgumentException("layout " + label() + ": column " + name + " is missing");
            }
        }
        for (Column column : theirs.columns()) {
            if (!layout.findColumn(column.name()).map(ours -> ours.type() == column.type()).orElse(more)) {
                throw new IllegalArgumentException("layout " + label() + ": column " + column.name() + " is not known, or of another type");
            }
        }
    }

    private static ColumnLayout fixed(Column... columns) {
        return new ColumnLayout("GBK", "", LineEnd.CRLF, Summary.LAST, List.of(columns));
    }

    private static Column text(String name, int width) {
        return new Column(name, width, Column.Type.TEXT);
    }

    private static Column fen(String name) {
        return new Column(name, 12, Column.Type.FEN);
    }

    private static Column date(String name) {
        return new Column(name, 8, Column.Type.DATE);
    }
}
