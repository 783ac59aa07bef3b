package cn.onecard.settlement.boot;

import cn.onecard.vocabulary.BusinessDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The business date that a command is about. */
final class DateOption {
    @Option(names = "--date", paramLabel = "D", required = true, converter = BusinessDateConverter.class,
            description = "The business date, for example 2026-11-24.")
    private @Nullable BusinessDate date;   // written by picocli

    BusinessDate date() {
        if (date == null) {
            throw new IllegalStateException("picocli lets no command through without its date");
        }
        return date;
    }
}
