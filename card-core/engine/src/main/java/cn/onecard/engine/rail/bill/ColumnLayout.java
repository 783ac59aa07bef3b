package cn.onecard.engine.rail.bill;

import cn.onecard.vocabulary.Money;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** How a file of lines, or a record in a field, is written (列式文件). Immutable. A layout is a part of a biller's configuration: another
 *  order of columns, another encoding, another separator is no other class.
 *
 *  <pre>
 *  lines          columns one after the other, each of its width, or with the separator between them
 *  summary line   number of lines and total of the column amountFen, before the lines or behind them:
 *                 10 and 18 digits where widths are fixed, else with the separator between them
 *  </pre>
 *
 *  @param encoding for instance {@code GBK}
 *  @param separator one ASCII character between two columns; empty: widths are fixed
 *  @param lineEnd CRLF or LF
 *  @param summary where the summary line stands
 *  @param columns at least one, no two of one name */
public record ColumnLayout(String encoding, String separator, LineEnd lineEnd, Summary summary, List<Column> columns) {
    /** The column that a summary adds up. */
    public static final String AMOUNT = "amountFen";
    private static final int MAX_LINES = 2_000_000;
    private static final Column COUNT = new Column("count", 10, Column.Type.FEN);
    private static final Column TOTAL = new Column("total", 18, Column.Type.FEN);

    /** What ends a line. */
    public enum LineEnd {
        CRLF, LF
    }

    /** Where the summary line stands. */
    public enum Summary {
        NONE, FIRST, LAST
    }

    public ColumnLayout {
        if (!Charset.isSupported(encoding)) {
            throw new IllegalArgumentException("no encoding " + encoding);
        }
        columns = List.copyOf(columns);
        Set<String> names = new HashSet<>();
        if (columns.isEmpty() || !columns.stream().allMatch(column -> names.add(column.name()))) {
            throw new IllegalArgumentException("a layout has columns, each of another name");
        }
        if (separator.length() > 1 || separator.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
            throw new IllegalArgumentException("a separator is one visible ASCII character");
        }
        if (summary != Summary.NONE && columns.stream().noneMatch(column -> column.name().equals(AMOUNT) && column.type() == Column.Type.FEN)) {
            throw new IllegalArgumentException("a summary adds up the column " + AMOUNT);
        }
    }

    /** A record of fixed widths alone, as it stands in a field. */
    static ColumnLayout record(String encoding, Column... columns) {
        return new ColumnLayout(encoding, "", LineEnd.LF, Summary.NONE, List.of(columns));
    }

    /** The bytes of rows.
     *
     *  @throws MalformedFile if one of them does not fit */
    public byte[] write(List<Row> rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] totals = summary == Summary.NONE ? new byte[0] : line(List.of(COUNT, TOTAL),
                Row.of().set(COUNT.name(), Integer.toString(rows.size())).set(TOTAL.name(), total(rows)).build());
        if (summary == Summary.FIRST) {
            out.writeBytes(totals);
            out.writeBytes(end());
        }
        for (Row row : rows) {
            out.writeBytes(line(row));
            out.writeBytes(end());
        }
        if (summary == Summary.LAST) {
            out.writeBytes(totals);
            out.writeBytes(end());
        }
        return out.toByteArray();
    }

    /** The rows of bytes.
     *
     *  @throws MalformedFile if they are none, naming the line: of another length, with what no column may have, cut off, or not
     *      what their own summary says */
    public List<Row> read(byte[] file) {
        List<Row> rows = new ArrayList<>();
        read(file, rows::add);
        return rows;
    }

    /** Takes the rows of bytes one by one, for files of many. What was taken counts only if this returns: the summary is compared last.
     *
     *  @throws MalformedFile as above */
    public void read(byte[] file, Consumer<Row> taker) {
        List<Span> lines = lines(file);
        int rowsFrom = summary == Summary.FIRST ? 1 : 0;
        int rowsTo = lines.size() - (summary == Summary.LAST ? 1 : 0);
        if (rowsFrom > rowsTo) {
            throw new MalformedFile("no summary line");
        }
        Money total = Money.ZERO;
        for (int i = rowsFrom; i < rowsTo; i++) {
            Row row = parsed(columns, lines.get(i).of(file), i + 1);
            total = summary == Summary.NONE ? total : plus(total, row);
            taker.accept(row);
        }
        if (summary != Summary.NONE) {
            int at = summary == Summary.FIRST ? 0 : rowsTo;
            Row said = parsed(List.of(COUNT, TOTAL), lines.get(at).of(file), at + 1);
            if (!said.text(COUNT.name()).equals(Integer.toString(rowsTo - rowsFrom)) || !said.money(TOTAL.name()).equals(total)) {
                throw new MalformedFile("the summary line says something else than the lines");
            }
        }
    }

    /** The column of a name. */
    Optional<Column> findColumn(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** The bytes of a row, without an end. */
    byte[] line(Row row) {
        return line(columns, row);
    }

    /** The row of a record of fixed widths.
     *
     *  @param from where it begins */
    Row record(byte[] bytes, int from) {
        int width = width();
        if (bytes.length - from < width) {
            throw new MalformedFile("a record ends early");
        }
        return parsed(columns, Arrays.copyOfRange(bytes, from, from + width), 1);
    }

    /** The width of a line of fixed widths. */
    int width() {
        return columns.stream().mapToInt(Column::width).sum();
    }

    private static Money total(List<Row> rows) {
        Money total = Money.ZERO;
        for (Row row : rows) {
            total = plus(total, row);
        }
        return total;
    }

    private static Money plus(Money total, Row row) {
        try {
            return total.plus(row.money(AMOUNT));
        } catch (ArithmeticException e) {
            throw new MalformedFile("the total is too large");
        }
    }

    private Charset charset() {
        return Charset.forName(encoding);
    }

    private byte[] end() {
        return lineEnd == LineEnd.LF ? new byte[] {'\n'} : new byte[] {'\r', '\n'};
    }

    /** Where a line lies, without its end. */
    private record Span(int from, int to) {
        byte[] of(byte[] file) {
            return Arrays.copyOfRange(file, from, to);
        }
    }

    private List<Span> lines(byte[] file) {
        List<Span> lines = new ArrayList<>();
        byte[] end = end();
        int from = 0;
        for (int i = 0; i < file.length; i++) {
            if (file[i] == '\n') {
                int to = i + 1 - end.length;
                if (to < from || file[to] != end[0] || lines.size() == MAX_LINES) {
                    throw new MalformedFile("line " + (lines.size() + 1) + ": another end than " + lineEnd);
                }
                lines.add(new Span(from, to));
                from = i + 1;
            }
        }
        if (from < file.length) {
            throw new MalformedFile("the last line has no end");
        }
        return lines;
    }

    private byte[] line(List<Column> of, Row row) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Column column : of) {
            String value = row.text(column.name());
            if (separator.isEmpty()) {
                out.writeBytes(column.fixed(value, charset()));
            } else {
                if (value.contains(separator)) {
                    throw new MalformedFile("column " + column.name() + ": has the separator in it");
                }
                if (out.size() > 0 || !column.equals(of.getFirst())) {
                    out.write(separator.charAt(0));
                }
                out.writeBytes(column.varying(value, charset()));
            }
        }
        return out.toByteArray();
    }

    private Row parsed(List<Column> of, byte[] line, int number) {
        List<String> texts = separator.isEmpty() ? cutByWidth(of, line, number) : List.of(new String(line, charset()).split(Pattern.quote(separator), -1));
        if (texts.size() != of.size()) {
            throw new MalformedFile("line " + number + ": " + texts.size() + " columns");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < of.size(); i++) {
            values.put(of.get(i).name(), separator.isEmpty() ? of.get(i).stripped(texts.get(i)) : texts.get(i));
        }
        Row row = Row.of(values);
        byte[] again;
        try {
            again = line(of, row);
        } catch (MalformedFile e) {
            throw new MalformedFile("line " + number + ", " + e.getMessage());
        }
        if (!Arrays.equals(again, line)) {
            throw new MalformedFile("line " + number + ": not as the layout writes it");
        }
        return row;
    }

    private List<String> cutByWidth(List<Column> of, byte[] line, int number) {
        if (line.length != of.stream().mapToInt(Column::width).sum()) {
            throw new MalformedFile("line " + number + ": " + line.length + " bytes");
        }
        List<String> texts = new ArrayList<>();
        int at = 0;
        for (Column column : of) {
            texts.add(new String(line, at, column.width(), charset()));
            at += column.width();
        }
        return texts;
    }
}
