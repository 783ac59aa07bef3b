package cn.onecard.engine.rail.register;

import cn.onecard.engine.rail.register.CategoryBook.Entry;
import cn.onecard.engine.rail.register.CategoryBook.Meaning;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Pattern;

/** A table of categories as a CSV file with the columns {@code category_code, group_code, coicop_code, partial}: a line a code, the
 *  group 1 to 8, partial 0 or 1. */
public final class CategoryFile {
    /** Made from the published structure of COICOP 2018, divisions 01 to 13: every class, and what is coarser where all of it belongs
     *  to one group. */
    private static final String COICOP_RESOURCE = "coicop-2018.csv";
    private static final Pattern COICOP_CODE = Pattern.compile("[0-9]{2}(\\.[0-9]){0,2}");
    private static final int LONGEST_CODE = 64;

    private CategoryFile() {}

    /** Reads a table.
     *
     *  @throws IllegalArgumentException if it is not as it should be; the message names the line */
    public static List<Entry> read(String system, Reader file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Set<String> codes = new HashSet<>();
        try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord line : lines) {
                try {
                    Entry entry = entry(system, line);
                    if (!codes.add(entry.category().code())) {
                        throw new IllegalArgumentException("the code stands twice: " + entry.category().code());
                    }
                    entries.add(entry);
                } catch (IllegalArgumentException | NoSuchElementException e) {
                    throw new IllegalArgumentException("line " + line.getStartingLineNumber() + ": " + e.getMessage(), e);
                }
            }
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("there is no category in it");
        }
        return entries;
    }

    /** The table that comes with the program. */
    public static List<Entry> coicop() {
        try (InputStream resource = CategoryFile.class.getResourceAsStream(COICOP_RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the program comes without " + COICOP_RESOURCE);
            }
            return read(Category.COICOP, new InputStreamReader(resource, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry entry(String system, NamedCsvRecord line) {
        String code = line.getField("category_code");
        String coicop = line.getField("coicop_code");
        String partial = line.getField("partial");
        if (code.isBlank() || code.length() > LONGEST_CODE || !COICOP_CODE.matcher(coicop).matches() || !(partial.equals("0") || partial.equals("1"))) {
            throw new IllegalArgumentException("a code of 1 to " + LONGEST_CODE + " characters, a COICOP class like 01.1.4 and 0 or 1 are needed");
        }
        return new Entry(new Category(system, code),
                new Meaning(ConsumptionGroup.byCode(Integer.parseInt(line.getField("group_code"))), coicop, partial.equals("1")));
    }
}
