package cn.onecard.settlement.boot;

import cn.onecard.vocabulary.BusinessDate;
import java.time.DateTimeException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a business date from the command line. */
final class BusinessDateConverter implements ITypeConverter<BusinessDate> {
    @Override
    public BusinessDate convert(String text) {
        try {
            return BusinessDate.parse(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException("'" + text + "' is no date; write it as 2026-11-24");
        }
    }
}
